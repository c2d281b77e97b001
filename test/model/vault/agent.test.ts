import { agentProblems, isAgentConfig, jwtLogin } from '../../../src/model/vault/agent';

const CONFIG = (method: string, rest = 'sink "file" { config = { path = "/vault/token" } }'): string => `pid_file = "/tmp/pid"
auto_auth {
  ${method}
  ${rest}
}
`;
const JWT = 'method "jwt" { mount_path = "auth/jwt", config = { path = "/svid/token", role = "web" } }'.replace(',', '\n');
const problems = (text: string): string[] => agentProblems(text).map(({ line, message }) => `${line}: ${message}`);

test.each([
  ['no method', CONFIG(''), '2: auto_auth has no method'],
  ['two methods', CONFIG(`${JWT}\n${JWT}`), '2: auto_auth has more than one method'],
  ['two logins', CONFIG(JWT) + CONFIG(JWT), 'there is more than one auto_auth'],
  ['a method that is none', CONFIG(JWT.replace('"jwt"', '"spiffe"')), '3: method "spiffe" is unknown: alicloud, approle'],
  ['a mount path that is no login', CONFIG(JWT.replace('auth/jwt', 'jwt')), '3: mount_path "jwt" is no path of a login: write "auth/jwt"'],
  ['no role', CONFIG('method "kubernetes" { config = {} }'), '3: method "kubernetes" has no role in its config'],
  ['no config', CONFIG('method "approle" {}'), '3: method "approle" has no role_id_file_path in its config'],
  ['no path of the token', CONFIG(JWT.replace('path = "/svid/token",', '')), '4: method "jwt" has no path in its config'],
  ['nobody who takes the token', CONFIG(JWT, ''), '2: auto_auth has no sink, and nothing else uses the token'],
  ['a brace that is missing', CONFIG(JWT).trimEnd().slice(0, -1), 'object expected closing RBRACE'],
])('fails %s', (_, text, problem) => {
  expect(isAgentConfig(text)).toBe(true);
  expect(problems(text)).toEqual([expect.stringContaining(problem)]);
});

test.each([
  ['a method with a sink', CONFIG(JWT)],
  ['a template in place of a sink', `${CONFIG(JWT, '')}template { source = "/a" destination = "/b" }`.replace('" dest', '"\n dest')],
  ['a type as a field', CONFIG(JWT.replace('method "jwt" {', 'method {\n type = "jwt"\n'))],
  ['a certificate, which needs nothing', CONFIG('method "cert" {\n}')],
  ['what another program fills in', CONFIG(JWT.replace('auth/jwt', '${MOUNT}'))],
  ['a template that is not rendered', `${CONFIG(JWT)}{{ .Values.more }}`],
])('%s is right', (_, text) => {
  expect(problems(text)).toEqual([]);
});

test('other programs have no auto_auth', () => {
  expect(isAgentConfig('server { bind_address = "0.0.0.0" }')).toBe(false);
  expect(isAgentConfig('{"auto": {"method": {}}}')).toBe(false);
  expect(isAgentConfig('vault { address = "https://vault" }')).toBe(false);
});

test('JSON is read as well', () => {
  const text = '{"auto_auth": {"method": {"type": "jwt", "mount_path": "auth/jwt", "config": {"role": "a", "path": "/svid"}}, "sink": [{"type": "file", "config": {"path": "/t"}}]}}';
  expect(isAgentConfig(text)).toBe(true);
  expect(agentProblems(text)).toEqual([]);
  expect(agentProblems(text.replace(', "path": "/svid"', ''))).toEqual([{ line: 1, message: 'method "jwt" has no path in its config' }]);
  expect(agentProblems(text.replace('auth/jwt', 'jwt')).map(({ message }) => message)).toEqual(['mount_path "jwt" is no path of a login: write "auth/jwt"']);
});

test('a name with one name in it is no missing method in JSON', () => {
  expect(agentProblems('{"auto_auth": {"method": {"jwt": {"config": {"path": "/x", "role": "a"}}}}, "template": [{"source": "a"}]}')).toEqual([]);
});

test('the login with a JWT is told', () => {
  expect(jwtLogin('auto_auth {\n  method "jwt" {\n    config = {\n      path = "/svid"\n      role = "a"\n    }\n  }\n}')).toEqual({ line: 4, path: '/svid', role: 'a', mount: 'auth/jwt' });
  expect(jwtLogin('auto_auth {\n  method "kubernetes" {\n    config = { role = "a" }\n  }\n}')).toBeUndefined();
});
