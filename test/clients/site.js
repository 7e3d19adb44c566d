// Drives Chromium over the built site: a search finds its page, links lead somewhere, anchors exist, both colour schemes. Prints what it sees.
const { open, page: openPage } = require('./browser.js');
const { createServer } = require('http');
const { readFileSync, existsSync } = require('fs');
const { join, extname } = require('path');
const [root, pictures] = process.argv.slice(2);
const kinds = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.svg': 'image/svg+xml', '.png': 'image/png' };
const server = createServer((request, response) => {
    const file = join(root, decodeURIComponent(request.url.split(/[?#]/)[0]));
    if (!existsSync(file)) { response.writeHead(404); return response.end(); }
    response.writeHead(200, { 'content-type': kinds[extname(file)] || 'application/octet-stream' });
    response.end(readFileSync(file));
}).listen(0, '127.0.0.1', async () => {
    const base = `http://127.0.0.1:${server.address().port}/`;
    const browser = await open();
    const page = await openPage(browser, 'about:blank', 1280, 900);
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'light' }]);
    await page.goto(base + 'index.html', { waitUntil: 'networkidle0' });
    console.log('title:', await page.title());
    console.log('light:', await page.$eval('body', (b) => getComputedStyle(b).backgroundColor));
    await page.screenshot({ path: join(pictures, 'site.png') });
    for (const word of ['gini', 'depopulation', 'plusvalía', 'péréquation', '+tie +partition']) {
        await page.goto(base + 'index.html', { waitUntil: 'networkidle0' });
        await page.click('.md-search__input');
        await page.type('.md-search__input', word);
        await page.waitForSelector('.md-search-result__item a', { timeout: 20000 });
        const found = await page.$$eval('.md-search-result__item a.md-search-result__link', (links) => links.map((a) => a.getAttribute('href')));
        console.log('search:', word, [...new Set(found.map((h) => h.replace(/^.*\/|[?#].*$/g, '')))].slice(0, 5).join(' '));
        if (word === 'gini') await page.screenshot({ path: join(pictures, 'search.png') });
    }
    await page.goto(base + 'reference.html#gini', { waitUntil: 'networkidle0' });
    console.log('anchor:', await page.$eval('#gini', (a) => a.parentElement.textContent.slice(0, 40)));
    const night = await openPage(await browser.createBrowserContext(), 'about:blank', 1280, 900); // with no choice of its own kept
    await night.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
    await night.goto(base + 'inequality.html', { waitUntil: 'networkidle0' });
    console.log('dark:', await night.$eval('body', (b) => b.getAttribute('data-md-color-scheme')));
    await night.screenshot({ path: join(pictures, 'dark.png') });
    const outside = [...page.asked, ...night.asked].filter((url) => url.startsWith('http') && !url.startsWith(base));
    console.log('outside:', outside.join(' ') || 'none');
    await browser.close();
    server.close();
});
