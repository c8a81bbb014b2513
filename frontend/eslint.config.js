import js from '@eslint/js';
import vue from 'eslint-plugin-vue';
import globals from 'globals';
import ts from 'typescript-eslint';

// Arrows of the front end: pages use features, features use components, ui, api and
// composables, and no feature knows another.
const featureWall = {
  group: ['@/features/*', '@/features/**', '../../features/**'],
  message: 'Features never import each other; compose them in a page.',
};
const noPages = { group: ['@/pages/**', '@/app/**'], message: 'Pages and the shell sit above everything else.' };
const layer = (files, ...patterns) => ({ files, rules: { 'no-restricted-imports': ['error', { patterns }] } });

export default ts.config(
  { ignores: ['dist', 'src/api/schema.ts', 'test-results', 'playwright-report'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...vue.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
  {
    languageOptions: { globals: { ...globals.browser } },
    rules: {
      'no-undef': 'off', // the type checker knows better
      eqeqeq: 'error',
      'no-console': 'error',
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/define-macros-order': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'VariableDeclarator[init.callee.name="useI18n"] Property[key.name=/^(n|d|te|tm|rt)$/]',
          message: 'The small edition of vue-i18n has no formatters and no te; use useFormat(), compare t(key) with the key.',
        },
      ],
      'vue/no-v-html': 'error',
      'vue/no-static-inline-styles': 'error', // the content security policy allows none
      'vue/require-default-prop': 'off', // optional props are typed as such
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': ['error', { html: { void: 'always', normal: 'never', component: 'always' } }],
    },
  },
  { files: ['scripts/**', '*.config.*', 'e2e/**', 'bench/**'], languageOptions: { globals: globals.node }, rules: { 'no-console': 'off' } },
  layer(['src/ui/**'], featureWall, noPages, { group: ['@/api/**'], message: 'The design system knows no business.' }),
  layer(['src/components/**', 'src/composables/**', 'src/api/**', 'src/i18n/**'], featureWall, noPages),
  layer(['src/features/**'], featureWall, noPages),
  layer(['src/pages/**'], { group: ['@/app/**'], message: 'The shell shows pages, not the other way round.' }),
);
