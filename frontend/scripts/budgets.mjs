/**
 * What a reader may be made to download, in KB. A screen counts every script and
 * style sheet needed before it works; a chunk counts one lazily loaded file and
 * obeys the first rule that matches its name. Measured limits of the product:
 * raise one only together with the reason.
 */
const shell = ['index.html', 'src/app/AppShell.vue'];

export const screens = [
  { name: 'sign-in', entries: ['index.html', 'src/pages/SignInPage.vue'], gz: 95, br: 85 },
  { name: 'list', entries: [...shell, 'src/pages/ProjectsPage.vue'], gz: 130, br: 115 },
  { name: 'account', entries: [...shell, 'src/pages/AccountPage.vue'], gz: 130, br: 115 },
];

export const chunks = [
  { match: /^(echarts|Chart)/, gz: 205 },
  { match: /(Board|Timeline|Stats|Drawer|Palette)/, gz: 10 },
  { match: /./, gz: 45 },
];
