import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LambdaHttp } from '../../../src/services/lambda/http';

describe("Lambda's Invoke", () => {
  let server: Server;
  let client: LambdaClient;
  let url: string;
  beforeAll(async () => {
    const http = new LambdaHttp(async (name, payload) => {
      switch (name) {
        case 'echo':
          return Promise.resolve({ ok: true, payload: { payload } });
        case 'void':
          return Promise.resolve({ ok: true, payload: undefined });
        case 'broken':
          return Promise.resolve({ ok: false, errorType: 'Error', errorMessage: 'no', trace: [] });
        case 'fatal':
          throw new Error('ours');
        default:
          return Promise.resolve(undefined);
      }
    });
    server = createServer((request, response) => {
      if (http.serves(request)) {
        void http.handle(request, response);
      } else {
        response.writeHead(404).end();
      }
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const credentials = { accessKeyId: 'a', secretAccessKey: 's' };
    client = new LambdaClient({ endpoint: url, region: 'us-east-1', credentials, maxAttempts: 1 });
  });
  afterAll(() => {
    client.destroy();
    server.close();
  });

  const invoke = async (FunctionName: string, Payload?: string) => {
    const {
      StatusCode,
      FunctionError,
      Payload: answer,
    } = await client.send(new InvokeCommand({ FunctionName, Payload }));
    return { StatusCode, FunctionError, answer: JSON.parse(new TextDecoder().decode(answer)) as unknown };
  };

  test('gives the payload to the function, and its answer back', async () => {
    expect(await invoke('echo', '{"a":[1]}')).toEqual({ StatusCode: 200, answer: { payload: { a: [1] } } });
    expect(await invoke('echo')).toEqual({ StatusCode: 200, answer: { payload: {} } });
    expect(await invoke('void')).toEqual({ StatusCode: 200, answer: null });
  });

  test('tells what goes wrong in the function as an answer', async () => {
    expect(await invoke('broken')).toEqual({
      StatusCode: 200,
      FunctionError: 'Unhandled',
      answer: { errorType: 'Error', errorMessage: 'no', trace: [] },
    });
  });

  test('refuses with errors of the API', async () => {
    await expect(invoke('nobody')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(invoke('echo', '{')).rejects.toMatchObject({ name: 'InvalidRequestContentException' });
    await expect(
      client.send(new InvokeCommand({ FunctionName: 'echo', InvocationType: 'Event' })),
    ).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    const misnamed = await fetch(`${url}/2015-03-31/functions/%/invocations`, {
      method: 'POST',
      headers: { authorization: 'AWS4-HMAC-SHA256 x' },
    });
    expect([misnamed.status, misnamed.headers.get('x-amzn-errortype')]).toEqual([400, 'ValidationException']);
    const log = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    await expect(invoke('fatal')).rejects.toMatchObject({ name: 'ServiceException' });
    expect(log).toHaveBeenCalledTimes(1);
    log.mockRestore();
  });

  test('is closed to who does not sign, as a page of another site', async () => {
    const response = await fetch(`${url}/2015-03-31/functions/echo/invocations`, { method: 'POST', body: '{}' });
    expect(response.status).toBe(403);
  });
});
