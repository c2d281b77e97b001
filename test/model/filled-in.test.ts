import { isFilledIn } from '../../src/model/filled-in';

test.each(['${DOMAIN}', '{{ .Values.domain }}', '$(DOMAIN)', '$DOMAIN', 'a.$DOMAIN', '<trust domain>', '__DOMAIN__'])('%s is filled in', text => {
  expect(isFilledIn(text)).toBe(true);
});

test.each(['', 'example.org', 'cost 5$', 'a{b}', 'x<y>'])('"%s" is written as it is', text => {
  expect(isFilledIn(text)).toBe(false);
});
