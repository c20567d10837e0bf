/* serve/reload: keeps a page of `continuo serve` up to date.
 *
 * Asks the server for what has changed by loading a script, which waits there until something
 * has; so the page's policy stays as it is in the site, where nothing may connect. Served beside
 * the pages and put into what is served; no built tree has it. */
(() => {
    const shown = new URL(document.currentScript.src).searchParams.get('site');
    let seen = '', isAsking = false;

    function hide() {
        document.getElementById('continuo-findings')?.remove();
    }

    // What the findings quote is the author's: it goes in as text, never as markup.
    function show(text) {
        const box = document.createElement('section');
        const head = document.createElement('h2'), words = document.createElement('pre');
        const button = document.createElement('button');
        box.id = 'continuo-findings';
        box.setAttribute('role', 'alert');
        head.textContent = 'The content has errors; this page shows it as it was before';
        words.textContent = text;
        words.tabIndex = 0;
        button.type = 'button';
        button.textContent = 'Hide';
        button.addEventListener('click', hide);
        box.append(head, words, button);
        hide();
        document.body.append(box);
    }

    window.continuoState = ({ state, site, text }) => {
        seen = state;
        if (site !== shown)
            location.reload();
        else if (text === '' || shown === 'none')
            hide();
        else
            show(text);
    };

    // A tab that nobody looks at holds no connection: a browser has six of them for one server.
    function ask() {
        if (isAsking || document.visibilityState === 'hidden')
            return;
        isAsking = true;
        const script = document.createElement('script');
        const done = (pause) => () => {
            isAsking = false;
            script.remove();
            setTimeout(ask, pause);
        };
        script.src = `/_continuo/wait.js?seen=${seen}`;
        script.addEventListener('load', done(20));
        script.addEventListener('error', done(1000));
        document.head.append(script);
    }

    const style = document.createElement('link');
    style.rel = 'stylesheet';
    style.href = '/_continuo/serve.css';
    document.head.append(style);
    document.addEventListener('visibilitychange', ask);
    document.addEventListener('keydown', (event) => event.key === 'Escape' && hide());
    addEventListener('load', ask);
    if (document.readyState === 'complete')
        ask();
})();
