// A calling bot that hosts its own sound: it answers each call, sends back what it hears, and hangs up when someone presses #.
// Two addresses are all that it needs: node bot.js http://127.0.0.1:5080 http://127.0.0.1:9000
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { WebSocketServer } from "ws";

const application = "d0000000-0000-4000-8000-000000000002";
const tenant = "d0000000-0000-4000-8000-000000000001";
const [graph = "http://127.0.0.1:5080", own = "http://127.0.0.1:9000"] = process.argv.slice(2);
let address;

const server = createServer(async (request, response) => {
  const notification = JSON.parse(await text(request)).value[0];
  const call = notification.resourceData;
  if (notification.changeType === "created" && call.state === "incoming") {
    await answer(notification.resourceUrl.split("/").at(-1));
  } else if (call.state === "terminated") {
    console.log(`The call ended: ${call.resultInfo?.code}/${call.resultInfo?.subcode}`);
  }
  response.writeHead(200).end();
});

// Who connects here shows the token that notifications carry: the HardCodedBot beside this one checks it.
new WebSocketServer({ server, path: "/media" }).on("connection", (media) => {
  let call;
  media.on("message", async (data, isBinary) => {
    if (isBinary) {
      media.send(data);
      return;
    }
    const message = JSON.parse(data);
    if (message.type === "start") {
      call = message.callId;
      media.send(JSON.stringify({ type: "ready" }));
    } else if (message.type === "tone" && message.tone === "pound") {
      await ask("DELETE", call);
    }
  });
});

server.listen(new URL(own).port, new URL(own).hostname, () => {
  address = `127.0.0.1:${server.address().port}`;
  console.log(`The bot listens on http://${address}`);
});

function answer(call) {
  return ask("POST", `${call}/answer`, {
    acceptedModalities: ["audio"],
    mediaConfig: {
      "@odata.type": "#microsoft.graph.appHostedMediaConfig",
      blob: JSON.stringify({ webSocketUrl: `ws://${address}/media` }),
    },
  });
}

async function ask(method, path, body) {
  const response = await fetch(`${graph}/v1.0/communications/calls/${path}`, {
    method,
    headers: { Authorization: `Bearer ${await token()}`, "Content-Type": "application/json" },
    body: body && JSON.stringify(body),
  });
  console.log(`${method} ${body ? "answer" : "call"}: ${response.status}`);
}

async function token() {
  const response = await fetch(`${graph}/${tenant}/oauth2/v2.0/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: application,
      client_secret: "development-secret",
      scope: "https://graph.microsoft.com/.default",
    }),
  });
  return (await response.json()).access_token;
}
