import { isAuthorizedKey } from '../../src/formats/ssh-public-key';

const KEY = 'AAAAC3NzaC1lZDI1NTE5AAAAIEAWPAsKJ/qMYUIBeH7BLMRCE/bkUvMHX+7OZhANk45S';

test.each([
  `ssh-ed25519 ${KEY}`, `ssh-ed25519 ${KEY} ann@example.org`, `restrict ssh-ed25519 ${KEY}`, `# ours\n\ncommand="a \\"b\\" c",no-pty ssh-ed25519\t${KEY}\r`, `nothing\nssh-ed25519 ${KEY}`,
])('a key of SSH: %j', text => {
  expect(isAuthorizedKey(text)).toBe(true);
});

test.each([
  '', '# comment', 'ssh-ed25519', KEY, `ssh-rsa ${KEY}`, `ssh-ed25519 ${KEY.slice(0, -4)}`, `ssh-ed25519 ${KEY.slice(0, 40)}...`, `ssh-ed25519 x ${KEY}`, '-----BEGIN PUBLIC KEY-----', 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7',
  'ssh-rsa AAAAB3NzaC1yc2EAAAADAQAB', 'constructor AAAAC2NvbnN0cnVjdG9y',
])('fails for %j', text => {
  expect(isAuthorizedKey(text)).toBe(false);
});
