import type { CfnRule, Rule } from 'aws-cdk-lib/aws-events';

/** A replay of the archive brings back a restored ledger's facts, and tells nobody else what happened months ago. */
export const notReplayed = (rule: Rule) => matchReplays(rule, false);
export const onlyReplayed = (rule: Rule) => matchReplays(rule, true);

/** EventBridge names the replay in each event that it replays. The CDK's pattern does not know this field. */
const matchReplays = (rule: Rule, exists: boolean) => {
  const resource = rule.node.defaultChild as CfnRule;
  resource.addPropertyOverride('EventPattern.replay-name', [{ exists }]);
};
