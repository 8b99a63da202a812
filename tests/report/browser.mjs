// Debian's chromium, driven by Playwright: its own profile, no network of its own.
// PLAYWRIGHT names the folder that npm installed it in; without it, this one.
import { createRequire } from "node:module";
import { join } from "node:path";

const { chromium } = createRequire(join(process.env.PLAYWRIGHT ?? import.meta.dirname, "package.json"))("playwright-core");

export async function openBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync"],
  });
}

/// A page with a report in it, and all that went wrong on the way: requests, script errors, what the policy stopped.
export async function openReport(browser, path, viewport = { width: 1280, height: 900 }) {
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  // Against a hang: a busy machine is no failure.
  page.setDefaultTimeout(300_000);
  const trouble = [];
  page.on("request", (request) => {
    if (!request.url().startsWith("file:") && !request.url().startsWith("data:")) trouble.push("request " + request.url());
  });
  page.on("pageerror", (error) => trouble.push("script error " + error.message));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") trouble.push(`${message.type()} ${message.text()}`);
  });
  await page.goto("file://" + path);
  await page.waitForFunction(() => document.documentElement.dataset.ready === "yes");
  return { page, trouble };
}
