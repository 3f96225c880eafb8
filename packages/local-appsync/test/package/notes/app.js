const { App, Stack } = require('aws-cdk-lib');
const { Code, Definition, FunctionRuntime, GraphqlApi } = require('aws-cdk-lib/aws-appsync');
const { AttributeType, Table } = require('aws-cdk-lib/aws-dynamodb');
const { join } = require('node:path');

const stack = new Stack(new App(), 'Notes');
const notes = new Table(stack, 'Table', { partitionKey: { name: 'id', type: AttributeType.STRING } });
const api = new GraphqlApi(stack, 'Api', {
  name: 'notes',
  definition: Definition.fromFile(join(__dirname, 'schema.graphql')),
});
const source = api.addDynamoDbDataSource('notes', notes);

for (const [typeName, fieldName] of [
  ['Query', 'note'],
  ['Mutation', 'write'],
]) {
  source.createResolver(fieldName, {
    typeName,
    fieldName,
    runtime: FunctionRuntime.JS_1_0_0,
    code: Code.fromAsset(join(__dirname, 'resolvers', `${fieldName}.js`)),
  });
}
