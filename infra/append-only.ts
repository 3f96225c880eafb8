import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';

/**
 * A table's policy by which nobody, whatever their own policies say, changes or deletes an item, lets items expire, or
 * deletes the table. What is left is
 * PutItem, of which no policy can ask that it be conditional: whoever may put could replace an item. The resolvers'
 * puts are conditional, and the tripwire sees the others.
 */
export function appendOnly(): PolicyDocument {
  return new PolicyDocument({
    statements: [
      new PolicyStatement({
        sid: 'AppendOnly',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: [
          'dynamodb:UpdateItem',
          'dynamodb:DeleteItem',
          // Also puts without a condition, so that there is no way around the one in PutItem.
          'dynamodb:BatchWriteItem',
          'dynamodb:PartiQLUpdate',
          'dynamodb:PartiQLDelete',
          'dynamodb:PartiQLInsert',
          'dynamodb:UpdateTimeToLive',
          'dynamodb:DeleteTable',
        ],
        // The table that has this policy; its name would be a circle.
        resources: ['*'],
      }),
    ],
  });
}
