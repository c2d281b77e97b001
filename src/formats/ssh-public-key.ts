/** How many fields a public key of SSH has, by its type, which is the first. */
const FIELDS: Readonly<Record<string, number>> = {
  'ssh-rsa': 3,
  'ssh-dss': 5,
  'ssh-ed25519': 2,
  'ecdsa-sha2-nistp256': 3,
  'ecdsa-sha2-nistp384': 3,
  'ecdsa-sha2-nistp521': 3,
  'sk-ssh-ed25519@openssh.com': 3,
  'sk-ecdsa-sha2-nistp256@openssh.com': 4,
};
const CERTIFICATE = /-cert-v01@openssh\.com$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const ED25519_BYTES = 32;

/** Whether a text has a line as authorized_keys files have it: the type, with options before it or none, and the key in base64. */
export function isAuthorizedKey(text: string): boolean {
  const lines = text.split('\n').map(line => line.split('\r')[0].trim()).filter(line => line !== '' && !line.startsWith('#'));
  return lines.some(line => [line, line.replace(/^(?:"(?:\\"|[^"])*"|[^" \t])+[ \t]+/, '')].some(isTypeAndKey));
}

function isTypeAndKey(line: string): boolean {
  const [type, key = ''] = line.split(/[ \t]+/);
  const fields = BASE64.test(key) ? fieldsOf(Buffer.from(key, 'base64')) : [];
  if (fields[0]?.toString('latin1') !== type) return false;
  if (CERTIFICATE.test(type)) return true;
  return fields.length === FIELDS[type] && (type !== 'ssh-ed25519' || fields[1].length === ED25519_BYTES);
}

/** Fields that have their lengths before them; none where they do not fill the whole, as far as it is no certificate. */
function fieldsOf(blob: Buffer): Buffer[] {
  const fields: Buffer[] = [];
  let at = 0;
  while (at + 4 <= blob.length) {
    const end = at + 4 + blob.readUInt32BE(at);
    if (end > blob.length) break;
    fields.push(blob.subarray(at + 4, end));
    at = end;
  }
  return at === blob.length || CERTIFICATE.test(fields[0]?.toString('latin1') ?? '') ? fields : [];
}
