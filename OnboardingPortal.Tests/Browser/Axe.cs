using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace OnboardingPortal.Tests.Browser;

/// <summary>
/// axe in a page, without the frames in it: a frame that may run no script never answers, and the package's own runner waits for it.
/// </summary>
internal static class Axe
{
    private const string Run = """
        async hasMenu => {
            const ends = document.getAnimations().filter(a => a.effect?.getComputedTiming().iterations !== Infinity).map(a => a.finished);
            await Promise.allSettled(ends); // a colour on its way from one to another is neither
            const wcag = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] };
            const run = (place, rules) => axe.run(place, { iframes: false, rules, resultTypes: ['violations'], runOnly: wcag });
            const looks = hasMenu // what a menu covers in part is no target while it is open: only the menu is looked at for its targets
                ? [await run(document, { 'target-size': { enabled: false } }), await run(document.querySelector('[role=menu]'), {})]
                : [await run(document, {})];
            const named = node => `${node.html} (${node.any[0]?.message ?? node.failureSummary})`;
            return looks.flatMap(look => look.violations).map(v => `${v.id} at ${v.nodes.map(named).join(', ')}`);
        }
        """;

    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>What of the page breaks WCAG 2.2 AA, one line a rule.</summary>
    /// <param name="page">As it stands.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <param name="hasMenu">Whether a menu is open, which covers some of the page.</param>
    public static async Task<IReadOnlyList<string>> RunAsync(IPage page, CancellationToken cancellationToken, bool hasMenu = false)
    {
        await page.EvaluateAsync($"() => {{ if (!window.axe) {{ {Script} }} }}").WaitAsync(cancellationToken);
        await page.WaitForFunctionAsync("() => !document.querySelector('.mud-ripple-effect')"); // axe sees what the button clips of it
        return await page.EvaluateAsync<string[]>(Run, hasMenu).WaitAsync(cancellationToken);
    }
}
