// Run by JavaScriptClientTests, which starts the server and sets:
//   HOOKSWITCH, HOOKSWITCH_SECURE   its addresses, http and https
//   NODE_EXTRA_CA_CERTS             its CA
import assert from 'node:assert/strict';
import { once, EventEmitter } from 'node:events';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { ClientSecretCredential } from '@azure/identity';
import { Client } from '@microsoft/microsoft-graph-client';
import { TokenCredentialAuthenticationProvider } from '@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js';

const application = 'bbbbbbbb-0000-4000-8000-000000000001';
const tenant = 'aaaaaaaa-0000-4000-8000-000000000001';
const { HOOKSWITCH: address, HOOKSWITCH_SECURE: secure } = process.env;

const graph = Client.initWithMiddleware({
  baseUrl: `${secure}/`, // the version is appended
  customHosts: new Set([new URL(secure).hostname]),
  authProvider: new TokenCredentialAuthenticationProvider(
    new ClientSecretCredential(tenant, application, 'secret', { authorityHost: secure, disableInstanceDiscovery: true }),
    { scopes: ['https://graph.microsoft.com/.default'] }),
});

const bot = new Webhook();
before(() => bot.start());
after(() => bot.stop());

test('a call that the bot places is established and ends when the bot deletes it', async () => {
  const call = await graph.api('/communications/calls').post(order());
  await control('POST', 'clock/advance', { by: 'PT0.3S' });
  await bot.until(call.id, 'updated established');
  await graph.api(`/communications/calls/${call.id}`).delete();

  assert.equal(call.state, 'establishing');
  assert.equal(reason(await bot.until(call.id, 'deleted terminated')), '200/5001');
});

test('a call that comes in is answered and ends when the person hangs up', async () => {
  await control('PUT', `applications/${application}`, { callbackUri: bot.address });
  await control('POST', 'phones/alice/dial', { to: application });
  const incoming = await bot.until(undefined, 'created incoming');
  const id = incoming.resourceData.id;
  await graph.api(`/communications/calls/${id}/answer`).post({
    callbackUri: bot.address,
    acceptedModalities: ['audio'],
    mediaConfig: { '@odata.type': '#microsoft.graph.serviceHostedMediaConfig' },
  });
  await bot.until(id, 'updated established');
  await graph.api(`/communications/calls/${id}/keepAlive`).post();
  await control('POST', 'phones/alice/hangUp', {});

  assert.equal(reason(await bot.until(id, 'deleted terminated')), '200/4521');
});

test('a call that is gone cannot be deleted', async () => {
  const call = await graph.api('/communications/calls').post(order());
  await graph.api(`/communications/calls/${call.id}`).delete();

  await assert.rejects(graph.api(`/communications/calls/${call.id}`).delete(), { statusCode: 404, code: '8522' });
});

function order() {
  return {
    callbackUri: bot.address,
    targets: [{ identity: { user: { id: 'cccccccc-0000-4000-8000-000000000001' } } }],
    requestedModalities: ['audio'],
    mediaConfig: { '@odata.type': '#microsoft.graph.serviceHostedMediaConfig' },
  };
}

function reason({ resourceData: { resultInfo } }) {
  return `${resultInfo.code}/${resultInfo.subcode}`;
}

async function control(method, path, body) {
  const response = await fetch(`${address}/control/${path}`, {
    method, body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' },
  });
  assert.ok(response.ok, `${method} ${path}: ${response.status} ${await response.text()}`);
}

/** Takes notifications, and waits for them. */
function Webhook() {
  const arrived = new EventEmitter();
  const seen = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const part of request) {
      text += part;
    }

    seen.push(...JSON.parse(text).value);
    response.writeHead(202).end();
    arrived.emit('notification');
  });

  this.start = async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    this.address = `http://127.0.0.1:${server.address().port}/callback`;
  };
  this.stop = () => server.close();
  this.until = async (id, summary) => {
    for (;;) {
      const found = seen.find(({ changeType, resourceData }) =>
        `${changeType} ${resourceData.state}` === summary && (id === undefined || resourceData.id === id));
      if (found) {
        return found;
      }

      await once(arrived, 'notification');
    }
  };
}
