// A small web of the test's own: what stands for every public address while a newsroom runs with OVN_TEST_WEB.
import { createServer } from 'node:http';

// Answers each path with what `pages` has for it, [type, bytes]; whatever else, with 404.
export async function web(pages) {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(`${request.headers.host}${request.url}`);
    const [type, bytes] = pages[request.url] ?? [];
    response.writeHead(type ? 200 : 404, { 'content-type': type ?? 'text/plain', connection: 'close' });
    response.end(bytes ?? 'nothing here');
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    socket: `127.0.0.1:${server.address().port}`,
    asked,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
