import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Answers one finding of cdk-nag, for one construct. Every answer in the project is in `parts`. */
export const acknowledge = (construct: IConstruct, id: string, reason: string) =>
  Validations.of(construct).acknowledge({ id, reason });
