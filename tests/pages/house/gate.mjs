// A proxy with TLS before a newsroom, as an operator sets one up: it passes the Host header on unchanged.
import { request as ask } from 'node:http';
import { createServer } from 'node:https';
import { createServer as listen } from 'node:net';
import { certificate } from './certificate.mjs';

// A port of this machine that nobody listens on.
export const free = () =>
  new Promise((done) => {
    const server = listen().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

export async function gate(name, behind) {
  const { key, cert, spki } = certificate(name);
  const server = createServer({ key, cert }, (request, response) => {
    const { method, url: path, headers } = request;
    const onward = ask({ host: '127.0.0.1', port: behind, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.rawHeaders);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `https://${name}:${server.address().port}`,
    spki,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
