const fs = require('fs'), path = require('path');
const { check, open, page: load, text } = require('./browser.js');
const [dir, pictures] = process.argv.slice(2);
const table = (name) => fs.readFileSync(path.join(dir, name), 'utf8').trim().split('\n').map((l) => l.split(','));
const fill = (page, u) => page.evaluate((n) => document.querySelectorAll('.land path')[n].getAttribute('fill'), u);

(async () => {
  const browser = await open();
  try {
    const page = await load(browser, 'file://' + path.join(dir, 'atlas.html'));
    check(page.asked.length === 1 && !page.errors.length, 'it loads itself and nothing else, without an error ' + page.errors.join('; '));
    check(await page.$$eval('.land path', (p) => p.length) === 32, '32 states are drawn');
    check(await text(page, '#when') === '2000', 'it opens at the last period');
    check(await text(page, '#name') === 'Ciudad de México', 'with the first of the ranking chosen');
    await page.screenshot({ path: path.join(pictures, 'atlas.png') });

    // the figures are those of the database
    const values = await page.evaluate(() => atlas.data.series.flatMap((s) => s.values.flatMap((row, p) => row.map((v, u) => [s.code, atlas.data.units[u][0], s.periods[p], v]))).filter((r) => r[3] !== null));
    const key = (r) => r.slice(0, 3).join(), have = new Map(values.map((r) => [key(r), r[3]])), want = table('values.csv');
    check(want.length === values.length && want.every((r) => have.get(key(r)) === Number(r[3])), want.length + ' values are those of observation_latest');
    const lights = await page.evaluate(() => { const keep = { ...atlas.state }; const out = {}; atlas.data.series.forEach((s, i) => { atlas.state.s = i; atlas.data.units.forEach((u, n) => { const l = atlas.light(n, s.periods.length - 1); if (l) out[s.code + ',' + u[0]] = l; }); }); Object.assign(atlas.state, keep); return out; });
    const signal = table('lights.csv');
    check(signal.length === Object.keys(lights).length && signal.every((r) => lights[r[0] + ',' + r[1]] === r[2]), signal.length + ' lights are those of terrbal.signal');
    const csv = (await page.evaluate(() => atlas.csv())).split('\r\n');
    check(csv[0] === '\ufeffunit,name,indicator,breakdown,period,value,status,unit_measure' && csv.length === want.length + 2, 'the download has a line for each value');
    check(csv.includes('20,Oaxaca,gdp,,2000,' + want.find((r) => key(r) === 'gdp,20,2000')[3] + ',ok,"pesos, constant prices"'), 'and says what each is');

    // slide
    const before = await fill(page, 19);
    await page.focus('#slider');
    for (let i = 0; i < 6; i++) await page.keyboard.press('ArrowLeft');
    check(await text(page, '#when') === '1940' && await fill(page, 19) !== before, 'the slider goes to 1940 and the map follows');
    await page.keyboard.press('ArrowRight');
    check((await text(page, '#value')).includes('1950'), 'and so does the card');
    // choose
    await page.select('#indicator', '1');
    check((await text(page, '#lead')).includes('growth') || (await text(page, '#lead')).includes('mean'), 'another indicator is chosen');
    check(await text(page, '#when') === '1950', 'in the same period');
    await page.select('#indicator', String(await page.evaluate(() => atlas.data.series.findIndex((s) => s.code === 'gdp_relative'))));
    await page.type('#find', 'Oaxaca');
    check(await text(page, '#name') === 'Oaxaca', 'a place is found by its name');
    check((await text(page, '#facts')).includes('amber'), 'its light is said in words: ' + await text(page, '#facts'));
    // hover and click
    const at = await page.evaluate(() => { const p = [...document.querySelectorAll('.land path')].find((x) => atlas.data.units[x.u][1] === 'Chihuahua'), b = p.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; });
    await page.mouse.move(...at);
    check((await text(page, '#tip')).startsWith('Chihuahua') && await page.$eval('#tip', (t) => !t.hidden), 'hovering says name and value: ' + await text(page, '#tip'));
    await page.mouse.click(...at);
    check(await text(page, '#name') === 'Chihuahua', 'a click chooses');
    await page.mouse.move(5, 5);
    check(await page.$eval('#tip', (t) => t.hidden), 'the tip goes away');
    // keyboard
    await page.focus('#frame');
    await page.keyboard.press('ArrowLeft');
    check(await text(page, '#name') === 'Sonora', 'arrows walk over the map: west of Chihuahua lies ' + await text(page, '#name'));
    check((await text(page, '#live')).startsWith('Sonora'), 'what was chosen is spoken: ' + await text(page, '#live'));
    await page.keyboard.press('+');
    check(await page.$eval('#frame svg', (s) => s.viewBox.baseVal.width) < 2000, 'plus zooms');
    await page.keyboard.press('0');
    await page.focus('#rank');
    await page.keyboard.press('End');
    check(await page.$eval('#rank', (r) => r.querySelector('#' + r.getAttribute('aria-activedescendant')).getAttribute('aria-posinset')) === '32', 'End goes to the last of the ranking');
    // what a screen reader is given
    const tree = JSON.stringify(await page.accessibility.snapshot());
    for (const role of ['"role":"application"', '"role":"listbox"', '"role":"slider"', '"role":"combobox"', '"role":"heading"']) check(tree.includes(role), 'the page has a ' + role.slice(8, -1));
    check(await page.$$eval('button,select,input,[tabindex]', (all) => all.every((e) => e.hidden || e.closest('[hidden]') || (e.labels && e.labels.length) || e.getAttribute('aria-label') || e.textContent.trim())), 'every control has a name');
    // a link keeps what is looked at
    const again = await load(browser, page.url());
    check(await text(again, '#when') === await text(page, '#when') && await text(again, '#name') === await text(page, '#name'), 'the address opens the same view');
    await again.close();
    // languages
    for (const [lang, word] of [['es', 'Clasificación'], ['fr', 'Classement'], ['pt', 'Classificação'], ['zh', '排名']]) {
      await page.select('#lang', lang);
      check((await text(page, 'aside .list h2')) === word && await page.$eval('html', (h) => h.lang) === lang, 'in ' + lang + ': ' + word);
      check(!/undefined|\{0\}|NaN/.test(await text(page, 'body > header, body > section, main') + await text(page, 'main') + await text(page, 'footer')), 'without a hole');
      if (lang === 'zh') await page.screenshot({ path: path.join(pictures, 'atlas_zh.png') });
    }
    await page.select('#lang', 'en');
    // play to the end
    await page.evaluate(() => { atlas.state.p = atlas.data.series[atlas.state.s].periods.length - 2; atlas.show(); });
    await page.click('#play');
    await page.waitForFunction(() => document.getElementById('when').textContent === '2000', { timeout: 5000 });
    check(true, 'it plays through the periods');
    // print
    const pdf = await page.pdf({ path: path.join(pictures, 'atlas.pdf'), preferCSSPageSize: true, printBackground: true });
    const pages = (Buffer.from(pdf).toString('latin1').match(/\/Type\s*\/Page\b/g) || []).length;
    check(pages >= 1 && pages <= 2, 'it prints on ' + pages + ' page(s)');
    await page.setViewport({ width: 420, height: 900 });
    await page.screenshot({ path: path.join(pictures, 'atlas_phone.png'), fullPage: true });
    check(await page.evaluate(() => document.documentElement.scrollWidth <= 420), 'it fits a phone');
    await page.close();

    const small = await load(browser, 'file://' + path.join(dir, 'small.html'));
    check(!small.errors.length && await small.$$eval('#breakdown option', (o) => o.map((x) => x.textContent).join()) === 'Total,Women', 'breakdowns are offered by their labels');
    check(await text(small, '#value') === '98 homes, 2024' && /Target 2030: 120.*path of the plan 102/.test(await text(small, '#facts')), 'value, target and path: ' + await text(small, '#facts'));
    await small.select('#breakdown', '1');
    check((await text(small, '#lead')).includes('Women') && await text(small, '#value') === '58.8 homes, 2024', 'another breakdown is chosen: ' + await text(small, '#value'));
    await small.select('#breakdown', '0');
    await small.screenshot({ path: path.join(pictures, 'atlas_plan.png') });
    await small.close();

    let start = Date.now();
    const large = await load(browser, 'file://' + path.join(dir, 'large.html'));
    await large.evaluate(() => new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r))));
    const opened = Date.now() - start;
    check(await large.$$eval('.land path', (p) => p.length) === 8000 && !large.errors.length, '8,000 municipalities open in ' + opened + ' ms ' + large.errors.join());
    check(opened < 15000, 'within 15 s');
    start = Date.now();
    for (let i = 0; i < 5; i++) await large.evaluate((p) => { atlas.state.p = p; atlas.show(); return new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r))); }, i);
    const slid = (Date.now() - start) / 5;
    check(slid < 1500, 'and slide in ' + Math.round(slid) + ' ms a period');
    check(await large.$$eval('.row', (r) => r.length) < 60, 'only rows in sight exist');
    await large.focus('#rank');
    await large.keyboard.press('End');
    check(await large.$eval('#rank', (r) => r.querySelector('#' + r.getAttribute('aria-activedescendant')) !== null), 'the last of thousands is reached by a key');
    await large.screenshot({ path: path.join(pictures, 'atlas_large.png') });
    console.log('browser done');
  } catch (e) {
    check(false, 'no exception: ' + e.message);
  } finally {
    await browser.close();
  }
})();
