import { ApiKeyProvider } from '../../../local/auth/api-key';
import { post, unauthorized } from './requests';

const provider = new ApiKeyProvider(['da2-first', 'da2-second']);

describe('ApiKeyProvider', () => {
  test.each(['da2-first', 'da2-second'])('%s opens the API, and is nobody in particular', async key => {
    expect(await provider.authenticate(post({ 'x-api-key': key }))).toEqual({
      mode: 'API_KEY', identity: null, groups: [], deniedFields: [],
    });
  });

  test.each(['da2-third', 'da2-firs', 'DA2-FIRST', '', 'constructor'])('the key "%s" is refused', async key => {
    await expect(provider.authenticate(post({ 'x-api-key': key }))).rejects.toMatchObject(
      unauthorized('You are not authorized to make this call.'),
    );
  });

  test('two keys at once are no key', async () => {
    const request = post({ 'x-api-key': ['da2-first', 'da2-second'] });
    await expect(provider.authenticate(request)).rejects.toMatchObject(unauthorized(/not authorized/));
  });

  test('without the header there are no credentials', async () => {
    await expect(provider.authenticate(post({}))).rejects.toMatchObject(
      unauthorized('Valid authorization header not provided.'),
    );
  });
});
