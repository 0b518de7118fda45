import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Refused } from '../../shared/errors.ts';
import { rangesOf, refusal, targetOf } from '../../shared/target.ts';
import { holds } from '../support/seed.ts';

/** `webhooks.md`, appendix A. */
const hosts =
  `127.0.0.1 0x7f.1 2130706433 ①②⑦.0.0.1 0 localhost 10.0.0.1 100.64.0.1 100.100.100.200 169.254.169.254
  172.16.0.1 192.0.0.1 192.0.2.1 192.168.0.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 240.0.0.1 255.255.255.255 [::]
  [::1] [::127.0.0.1] [::ffff:127.0.0.1] [::ffff:0:127.0.0.1] [64:ff9b::7f00:1] [64:ff9b:1::7f00:1] [100::1] [100:0:0:1::1]
  [2001:db8::1] [2002:7f00:1::] [3fff::1] [5f00::1] [fd00:ec2::254] [fe80::1] [ff02::1]`.split(
    /\s+/,
  );

const addressOf = (host: string) =>
  URL.parse(`https://${host}/`)?.hostname.replace(/^\[|\]$/g, '') ?? '';
const code = (url: string, allow: string[] = []) => {
  try {
    return targetOf(url, rangesOf(allow));
  } catch (error) {
    if (error instanceof Refused) return error.code;
    throw error;
  }
};

describe.each(hosts)('%s', (host) => {
  test('is refused as an endpoint', () => {
    expect(code(`https://${host}/hook`)).toMatch(/^url-(is-address|not-public)$/);
    expect(code(`https://${host}:8443/`)).toMatch(/^url-(is-address|not-public)$/);
  });

  test('is refused at the socket', () => {
    expect(refusal(addressOf(host))).not.toBeNull();
    expect(refusal(addressOf(host), rangesOf(['192.0.0.9/32']))).not.toBeNull();
  });
});

describe('other spellings', () => {
  test.each([
    '0177.0.0.1',
    '127.1',
    '127.0.1',
    '0x7f000001',
    '017700000001',
    '127.0.0.1.',
    '０.０.０.０',
    '[::ffff:7f00:1]',
    '[0:0:0:0:0:0:0:1]',
    '[::ffff:169.254.169.254]',
    '[64:ff9b::a9fe:a9fe]',
    '[2002:a9fe:a9fe::]',
    '[::7f00:1]',
    '[2001:0:7f00:1::]',
    '[2001:10::1]',
    '[2001:20::1]',
    '[fc00::1]',
    '[fec0::1]',
    '[::ffff:10.0.0.1]',
    '0.0.0.1',
    '169.254.170.2',
    '192.88.99.1',
    '198.19.255.255',
    '100.127.255.254',
    '172.31.255.255',
    '239.1.2.3',
  ])('%s is refused', (host) => {
    expect(code(`https://${host}/`)).toMatch(/^(url-|invalid-field)/);
    expect(refusal(addressOf(host))).not.toBeNull();
  });

  test('a zone, a name or nonsense is no address', () => {
    for (const text of [
      'fe80::1%eth0',
      '2606:4700::1%25',
      'invented.example',
      '',
      '1.2.3',
      '127.0.0.1/8',
    ])
      expect(refusal(text)).not.toBeNull();
  });
});

test('what is private in IPv4 is refused however it is wrapped in IPv6', () =>
  holds(
    fc.property(
      fc.constantFrom([10], [127], [169, 254], [192, 168], [172, 16], [0], [100, 64]),
      fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)),
      (fixed, rest) => {
        const [a = 0, b = 0, c = 0, d = 0] = [...fixed, ...rest] as number[];
        const hex = (x: number, y: number) => ((x << 8) | y).toString(16);
        const v4 = `${a}.${b}.${c}.${d}`;
        const tail = `${hex(a, b)}:${hex(c, d)}`;
        const spellings = [
          v4,
          `::${tail}`,
          `::ffff:${v4}`,
          `::ffff:0:${tail}`,
          `64:ff9b::${tail}`,
          `2002:${tail}::`,
        ];
        return spellings.every((address) => refusal(address) !== null);
      },
    ),
    10_000,
  ));

test.each(['1.1.1.1', '93.184.216.34', '2606:4700:4700::1111', '2001:4860:4860::8888'])(
  '%s is public',
  (address) => {
    expect(refusal(address)).toBeNull();
  },
);

describe('an endpoint', () => {
  test.each([
    ['https://hooks.invented.example/in', 'https://hooks.invented.example/in'],
    ['https://hooks.invented.example:443/', 'https://hooks.invented.example/'],
    ['https://hooks.invented.example:8443/a?b=c', 'https://hooks.invented.example:8443/a?b=c'],
    ['HTTPS://Hooks.Invented.EXAMPLE', 'https://hooks.invented.example/'],
  ])('%s is kept as WHATWG writes it', (url, kept) => {
    expect(code(url)).toBe(kept);
  });

  test.each([
    ['hooks.invented.example', 'invalid-field'],
    ['/in', 'invalid-field'],
    ['https://', 'invalid-field'],
    ['http://hooks.invented.example/', 'url-not-https'],
    ['ftp://hooks.invented.example/', 'url-not-https'],
    ['javascript:alert(1)', 'url-not-https'],
    ['file:///etc/passwd', 'url-not-https'],
    ['https://user@hooks.invented.example/', 'url-credentials'],
    ['https://:pass@hooks.invented.example/', 'url-credentials'],
    ['https://hooks.invented.example:80/', 'url-port'],
    ['https://hooks.invented.example:22/', 'url-port'],
    ['https://8.8.8.8/', 'url-is-address'],
    ['https://[2606:4700::1]/', 'url-is-address'],
    ['https://intranet/', 'url-not-public'],
    ['https://a.localhost/', 'url-not-public'],
    ['https://localhost./', 'url-not-public'],
    [`https://hooks.invented.example/${'a'.repeat(2048)}`, 'url-too-long'],
  ])('%s is refused: %s', (url, why) => {
    expect(code(url)).toBe(why);
  });

  test('at an allowed address may be plain and on any port, and no other may', () => {
    const allow = ['127.0.0.0/8'];
    expect(code('http://127.0.0.1:4000/in', allow)).toBe('http://127.0.0.1:4000/in');
    expect(code('http://10.0.0.1:4000/in', allow)).toBe('url-not-https');
    expect(code('http://hooks.invented.example/', allow)).toBe('url-not-https');
    expect(code('http://u:p@127.0.0.1/', allow)).toBe('url-credentials');
  });
});
