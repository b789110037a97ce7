import './styles/layout.css';
import './styles/sidebar.css';
import './styles/pane.css';
import './styles/messages.css';
import './styles/text.css';
import './styles/blocks.css';
import './styles/chart.css';
import './styles/composer.css';
import './styles/road.css';
import './styles/waterfall.css';
import './styles/lab.css';
import './styles/document.css';
import './styles/motion.css';
import './styles/narrow.css';
import { html, render } from 'htm/preact';
import { App } from './app.ts';

const root = document.getElementById('page');
if (root) render(html`<${App} />`, root);
