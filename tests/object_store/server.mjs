// A store that speaks S3 (s3rver), on the loopback, which fails when it is told to.
// usage: node server.mjs FOLDER     NODE_PACKAGES names the folder that s3rver is installed in
//   Prints its port when it answers, then a line for each request: METHOD PATH.
//   POST /-/break/N      answers N more requests, and from then on closes every connection
//   POST /-/touch/N/KEY  before the N-th request from now for the object KEY it is stored anew, a minute younger
//   POST /-/mend         neither of them any more
import { utimesSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";

const S3rver = createRequire(join(process.env.NODE_PACKAGES, "x"))("s3rver");
const folder = process.argv[2];
const bucket = "maps";
const store = new S3rver({ silent: true, directory: folder, configureBuckets: [{ name: bucket, configs: [] }] });
await store.configureBuckets();
const answer = store.callback();

let left = Infinity;
let touch = null;

function control(words) {
  if (words[0] === "break") left = Number(words[1]);
  if (words[0] === "touch") touch = { left: Number(words[1]), key: words[2] };
  if (words[0] === "mend") [left, touch] = [Infinity, null];
}

const server = createServer((request, response) => {
  const path = request.url.split("?")[0];
  if (path.startsWith("/-/")) {
    control(path.slice(3).split("/"));
    response.end();
    return;
  }
  console.log(`${request.method} ${path}`);
  if (touch && path === `/${bucket}/${touch.key}` && (touch.left -= 1) === 0) {
    const later = Date.now() / 1000 + 60;
    utimesSync(join(folder, bucket, `${touch.key}._S3rver_object`), later, later);
  }
  if ((left -= 1) < 0) {
    request.socket.destroy();
    return;
  }
  answer(request, response);
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
