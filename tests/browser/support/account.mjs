// What people do with their accounts, by the forms that they see.

import { createHmac } from 'node:crypto';

import { lettersTo, linkTo } from './mail.mjs';

// Presses a button and waits for the page that comes.
export async function press(page, selector) {
  await Promise.all([page.waitForNavigation(), page.click(selector)]);
}

export const button = (text) => `main button:has-text("${text}")`;

// Opens the link of a letter and presses its one main button.
export async function follow(page, path) {
  await page.goto(path);
  await press(page, 'main button.button-main');
}

export async function signUp(page, server, address) {
  const seen = lettersTo(server, address).length;
  await page.goto('/account/sign-up');
  await page.fill('input[name=address]', address);
  await press(page, 'main button.button-main');
  await follow(page, await linkTo(server, address, seen));
}

// In the same browser, as links work in no other.
export async function signInByLink(page, server, address) {
  const seen = lettersTo(server, address).length;
  await page.goto('/account/sign-in');
  await page.fill('input[name=address]', address);
  await press(page, 'main button[name=way][value=link]');
  await follow(page, await linkTo(server, address, seen));
}

export async function signOut(page) {
  await press(page, '.user button');
}

/*
 * A device that holds passkeys and always finds its owner there. It is the browser's own, so a page
 * stands for a device: `take` takes it away.
 */
export class Device {
  static async give(page) {
    const device = new Device();
    device.session = await page.context().newCDPSession(page);
    await device.session.send('WebAuthn.enable');
    await device.plug();
    return device;
  }

  async plug() {
    const { authenticatorId } = await this.session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    this.id = authenticatorId;
  }

  async verifies(isUserVerified) {
    await this.session.send('WebAuthn.setUserVerified', {
      authenticatorId: this.id,
      isUserVerified,
    });
  }

  async credentials() {
    const { credentials } = await this.session.send('WebAuthn.getCredentials', {
      authenticatorId: this.id,
    });
    return credentials;
  }

  async take() {
    await this.session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId: this.id });
  }
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

// What an authenticator shows for a secret as the page writes it, `steps` half minutes from now.
export function codeOf(secret, steps = 0) {
  let bits = '';
  for (const letter of secret.replaceAll(' ', ''))
    bits += DIGITS.indexOf(letter).toString(2).padStart(5, '0');
  const bytes = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + steps));
  const mac = createHmac('sha1', bytes).update(message).digest();
  const number = mac.readUInt32BE(mac[19] & 15) & 0x7fffffff;
  return String(number % 1000000).padStart(6, '0');
}
