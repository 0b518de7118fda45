import type { CfnRule, Rule } from 'aws-cdk-lib/aws-events';

/** A replay of the archive is for our own consumers, not for people. The CDK's pattern does not know this field. */
export const notReplayed = (rule: Rule) => {
  const resource = rule.node.defaultChild as CfnRule;
  resource.addPropertyOverride('EventPattern.replay-name', [{ exists: false }]);
};
