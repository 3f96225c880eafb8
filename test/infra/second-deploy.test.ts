import { VIEWS, type Views } from '../../infra/views';
import { exportsOf, importsOf, refusals, type Stacks } from '../support/cloudformation';
import { stage, withSettings } from '../support/stages';

const TWO: Views = { ...VIEWS, Wider: VIEWS.View! };
const WIDER: Views = { Wider: VIEWS.View! };

/** Each way in which a stage may be deployed, synthesized once. */
const ways = {
  plain: deployed({}),
  desk: deployed({ desk: true }),
  beside: deployed({ desk: true }, TWO),
  switched: deployed({ desk: true, view: 'Wider' }, TWO),
  tidied: deployed({ desk: true, view: 'Wider' }, WIDER),
};

function deployed(settings: { desk?: boolean; view?: string }, views?: Views): Stacks {
  const { data, api, desk } = stage('prod', withSettings('prod', settings), views);
  const templates = Object.entries({ TicketsData: data, TicketsApi: api, TicketsDesk: desk });
  return Object.fromEntries(templates.flatMap(([name, each]) => (each ? [[name, each.toJSON()]] : []))) as Stacks;
}

describe('a deployment after another', () => {
  test.each<[string, Stacks, Stacks]>([
    ['the first', {}, ways.plain],
    ['the first, with the desk', {}, ways.desk],
    ['the same again', ways.plain, ways.plain],
    ['the desk is added', ways.plain, ways.desk],
    ['the desk is no longer deployed, and still stands', ways.desk, ways.plain],
    ['the desk comes back', { ...ways.desk, ...ways.plain }, ways.desk],
    ['a table for another view', ways.desk, ways.beside],
    ['the switch to it', ways.beside, ways.switched],
    ['the switch back', ways.switched, ways.beside],
    ['the old table goes', ways.switched, ways.tidied],
  ])('%s: CloudFormation refuses nothing', (_, before, after) => {
    expect(refusals(before, after)).toEqual([]);
  });

  test('a view can not be switched and its old table removed in one', () => {
    expect(refusals(ways.desk, ways.tidied)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^TicketsData: .*View.* is in use$/)]),
    );
  });

  test.each<[string, Stacks, Stacks]>([
    ['the switch of a view', ways.beside, ways.switched],
    ['a table for another view', ways.desk, ways.beside],
  ])('%s is rolled back without the stack of the data', (_, before, after) => {
    const { TicketsData, ...rest } = before;
    expect(TicketsData).toBeDefined();
    expect(refusals(after, rest)).toEqual([]);
  });

  test('no stack exports more or less because of what others import', () => {
    expect([...exportsOf([ways.plain.TicketsApi!])]).toEqual([...exportsOf([ways.desk.TicketsApi!])]);
    expect([...exportsOf([ways.beside.TicketsData!])]).toEqual([...exportsOf([ways.switched.TicketsData!])]);
    expect(importsOf(ways.desk.TicketsDesk!).length).toBeGreaterThan(3);
  });

  test('the output ViewTable changes with what the API reads and the projector writes', () => {
    const view = (stacks: Stacks) => JSON.stringify(stacks.TicketsApi!.Outputs!.ViewTable!.Value);
    expect(view(ways.beside)).toMatch(/RefView/);
    expect(view(ways.switched)).toMatch(/RefWider/);
    expect(ways.switched.TicketsData!.Outputs).not.toHaveProperty('ViewTable');
  });

  test('without the stage’s view there is nothing to deploy', () => {
    expect(() => stage('prod', withSettings('prod', { view: 'Wider' }))).toThrow(
      'There is no view Wider: infra/views.ts has View.',
    );
  });
});

describe('the settings of a stage', () => {
  test.each<[unknown, string]>([
    ['false', 'context.stages.prod.desk in cdk.json must be true or false, not "false"'],
    [undefined, 'context.stages.prod.desk in cdk.json must be true or false'],
    [1, 'context.stages.prod.desk in cdk.json must be true or false'],
  ])('a desk of %j is neither true nor false', (desk, words) => {
    expect(() => stage('prod', { stages: { prod: { desk, view: 'View' } } })).toThrow(words);
  });

  test.each<[Record<string, unknown>, string]>([
    [{ desk: 'true' }, 'set context.stages.<stage>.desk in cdk.json'],
    [{ stages: undefined }, 'cdk.json has no context.stages.prod'],
    [{ stages: '{}' }, 'cdk.json has no context.stages.prod'],
    [{ stages: { dev: { desk: true, view: 'View' } } }, 'cdk.json has no context.stages.prod'],
    [{ stages: { prod: { desk: true } } }, 'context.stages.prod.view in cdk.json must be the name of a view'],
    [{ stages: { prod: { desk: true, view: 'View', dsek: 1 } } }, 'context.stages.prod.dsek in cdk.json is no setting'],
  ])('%j is refused', (context, words) => {
    expect(() => stage('prod', context)).toThrow(words);
  });
});
