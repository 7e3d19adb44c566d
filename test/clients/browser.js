// Chromium without a window, and what both tests in it need.
const puppeteer = require('puppeteer-core');
exports.check = (good, what) => console.log((good ? 'ok ' : 'not ok ') + what);
exports.open = async () => puppeteer.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'], protocolTimeout: 120000 });
exports.page = async (browser, file, width = 1400, height = 980) => {
  const page = await browser.newPage();
  page.asked = [];
  page.errors = [];
  page.on('request', (r) => page.asked.push(r.url()));
  page.on('pageerror', (e) => page.errors.push(e.message));
  page.on('console', (m) => { if (m.type() === 'error') page.errors.push(m.text()); });
  await page.setViewport({ width, height });
  await page.goto(file, { waitUntil: 'load' });
  return page;
};
exports.text = (page, selector) => page.$eval(selector, (e) => e.textContent);
