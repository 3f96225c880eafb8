import { inRequest, type Row } from '../question';

export const TIME: Row[] = [
  {
    id: 'T1',
    title: 'a time on a whole second is written without .000',
    emulated: 'T1',
    code: 'domain/time.ts, withMilliseconds: puts it in. Right either way',
    questions: [
      {
        asks: 'a whole second, and one that was read from text',
        code: inRequest(
          "return [util.time.epochMilliSecondsToISO8601(1517943695000), util.time.epochMilliSecondsToISO8601(util.time.parseISO8601ToEpochMilliSeconds('2026-01-01T00:00Z'))];",
        ),
        javascript: { value: ['2018-02-06T19:01:35.000Z', '2026-01-01T00:00:00.000Z'] },
        reported: [{ value: ['2018-02-06T19:01:35Z', '2026-01-01T00:00:00Z'] }],
      },
      {
        asks: 'milliseconds that end in zeros',
        code: inRequest(
          'return [util.time.epochMilliSecondsToISO8601(1517943695749), util.time.epochMilliSecondsToISO8601(1517943695100)];',
        ),
        javascript: { value: ['2018-02-06T19:01:35.749Z', '2018-02-06T19:01:35.100Z'] },
      },
    ],
  },
];
