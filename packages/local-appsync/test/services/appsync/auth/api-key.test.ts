import { ApiKeyProvider } from '../../../../src/services/appsync/auth/api-key';
import { Unauthorized } from '../../../../src/services/appsync/auth/unauthorized';
import { post } from './requests';

const provider = new ApiKeyProvider(['da2-first', 'da2-second']);
const refused = new Unauthorized('You are not authorized to make this call.');

describe('ApiKeyProvider', () => {
  test.each(['da2-first', 'da2-second'])('%s opens the API, and is nobody in particular', (key) => {
    expect(provider.authenticate(post({ 'x-api-key': key }))).toEqual({
      mode: 'API_KEY',
      identity: null,
      groups: [],
      deniedFields: [],
    });
  });

  test.each(['da2-third', 'da2-firs', 'DA2-FIRST', '', 'constructor'])('the key "%s" is refused', (key) => {
    expect(() => provider.authenticate(post({ 'x-api-key': key }))).toThrow(refused);
  });

  test('two keys at once are no key', () => {
    expect(() => provider.authenticate(post({ 'x-api-key': ['da2-first', 'da2-second'] }))).toThrow(refused);
  });

  test('without the header there are no credentials', () => {
    expect(() => provider.authenticate(post({}))).toThrow(new Unauthorized('Valid authorization header not provided.'));
  });
});
