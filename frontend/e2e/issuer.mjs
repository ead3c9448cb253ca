// Why: a provider of our own on loopback, so that a browser really goes there and comes back (OpenID Connect, code flow
// with PKCE). Whoever is sent here is signed in at once, as the subject that the test names.
import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { createServer } from 'node:http';

const text = (bytes) => Buffer.from(bytes).toString('base64url');

/** `issuer.subject = '…'` says who is at the keyboard; null: they decline. */
export async function openIssuer() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const asked = new Map();
  const issuer = { subject: null, address: '' };
  const answers = {
    '/.well-known/openid-configuration': () => ({
      issuer: issuer.address,
      authorization_endpoint: `${issuer.address}/authorize`,
      token_endpoint: `${issuer.address}/token`,
      jwks_uri: `${issuer.address}/keys`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['ES256'],
    }),
    '/keys': () => ({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'ES256' }] }),
    '/token': (body) => {
      const said = new URLSearchParams(body);
      const { nonce, challenge, subject } = asked.get(said.get('code'));
      asked.delete(said.get('code'));
      const proof = createHash('sha256').update(said.get('code_verifier')).digest('base64url');
      if (proof !== challenge) throw new Error('another proof than the one that was announced');
      const now = Math.floor(Date.now() / 1000);
      const claims = { iss: issuer.address, aud: 'plumbline', sub: subject, nonce, iat: now, exp: now + 300 };
      const signed = `${text(JSON.stringify({ alg: 'ES256', kid: 'one' }))}.${text(JSON.stringify(claims))}`;
      const seal = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' });
      return { access_token: 'x', token_type: 'Bearer', id_token: `${signed}.${text(seal)}` };
    },
  };
  function authorize(address) {
    const said = address.searchParams;
    const back = new URL(said.get('redirect_uri'));
    back.searchParams.set('state', said.get('state'));
    if (issuer.subject === null) {
      back.searchParams.set('error', 'access_denied');
      return back;
    }
    const code = randomUUID();
    asked.set(code, { nonce: said.get('nonce'), challenge: said.get('code_challenge'), subject: issuer.subject });
    back.searchParams.set('code', code);
    return back;
  }
  const server = createServer(async (request, response) => {
    const address = new URL(request.url, issuer.address);
    const body = Buffer.concat(await request.toArray()).toString();
    if (address.pathname === '/authorize') {
      response.writeHead(302, { location: authorize(address).href }).end();
      return;
    }
    const answer = answers[address.pathname]?.(body);
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? {}));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  issuer.address = `http://127.0.0.1:${server.address().port}`;
  issuer.close = () => new Promise((done) => server.close(done));
  return issuer;
}
