// A verifier by other people (Digital Bazaar's libraries): does it accept what we sign?
// In: {documents: {url: document}, credentials: [{name, credential, now}]} on stdin. Out: [{name, verified, blocked, revoked, error}].
// Nothing is fetched: contexts come from our package, everything else from `documents`.
import {readFileSync} from 'node:fs';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import {verifyCredential} from '@digitalbazaar/vc';

const CONTEXTS = new URL('../../src/laurels/credentials/proofs/contexts/', import.meta.url);
const FILES = {
  'https://www.w3.org/ns/credentials/v2': 'credentials-v2.json',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json': 'ob-v3p0-context-3.0.3.json',
  'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json': 'ob-v3p0-extensions.json',
  'https://w3id.org/security/data-integrity/v2': 'data-integrity-v2.json',
  'https://w3id.org/security/multikey/v1': 'multikey-v1.json',
  'https://www.w3.org/ns/did/v1': 'did-v1.json',
};
const {documents, credentials} = JSON.parse(readFileSync(0, 'utf8'));

const documentLoader = async url => {
  const document = known(url);
  if(!document) {
    throw new Error(`Not given: ${url}`);
  }
  return {contextUrl: null, documentUrl: url, document};
};

function known(url) {
  if(url in FILES) {
    return JSON.parse(readFileSync(new URL(FILES[url], CONTEXTS), 'utf8'));
  }
  const [id, fragment] = url.split('#');
  if(!fragment || !documents[id]) {
    return documents[url];
  }
  const key = documents[id].verificationMethod.find(method => method.id === url);
  return key && {'@context': 'https://w3id.org/security/multikey/v1', ...key};
}

const suite = () => new DataIntegrityProof({cryptosuite});

async function judged({name, credential, now}) {
  const result = await verifyCredential({credential, now, suite: suite(), documentLoader, checkStatus});
  const blocked = result.statusResult?.results?.some(({status}) => status) ?? null;
  const revoked = blocked ? await isRevoked(credential) : null;
  return {name, verified: result.verified, blocked, revoked, error: result.error ? String(result.error) : null};
}

// Our second list (decision 0003), read by the same foreign code.
async function isRevoked(credential) {
  const list = `${credential.credentialStatus.statusListCredential}/revocations`;
  const credentialStatus = {
    ...credential.credentialStatus, id: `${list}#0`, statusPurpose: 'revocation', statusListCredential: list,
  };
  const {results} = await checkStatus({credential: {...credential, credentialStatus}, suite: suite(), documentLoader});
  return results[0].status;
}

const verdicts = [];
for(const one of credentials) {
  verdicts.push(await judged(one));
}
console.log(JSON.stringify(verdicts));
