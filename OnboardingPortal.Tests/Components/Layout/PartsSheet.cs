using System.Text.RegularExpressions;
using OnboardingPortal.Tests.Architecture;

namespace OnboardingPortal.Tests.Components.Layout;

/// <summary>
/// The rules of MudBlazor's sheet that pages without a circuit need, word for word: <c>wwwroot/parts.css</c>. The whole sheet is too heavy for somebody who
/// opens a link once. What those pages use beyond <see cref="Classes"/> is found by the test that loads them.
/// </summary>
internal static partial class PartsSheet
{
    private const string Classes = """
        align-center align-self-start align-start border border-dashed border-t d-block d-flex d-md-flex d-md-none d-none
        flex-1 flex-auto flex-column flex-none flex-wrap gap-1 gap-12 gap-2 gap-3 gap-4 gap-6 gap-x-3 gap-x-4 gap-x-6 gap-y-1
        gap-y-2 gap-y-3 justify-center justify-end justify-space-between justify-start mb-2 mb-4 mt-1 mt-2 mt-auto mt-n2
        mud-alert mud-alert-icon mud-alert-icon-left mud-alert-message mud-alert-outlined-error mud-alert-outlined-info
        mud-alert-outlined-success mud-alert-outlined-warning mud-alert-position mud-avatar mud-avatar-filled
        mud-avatar-filled-primary mud-avatar-medium mud-avatar-rounded mud-background mud-border-lines-default mud-button
        mud-button-filled mud-button-filled-primary mud-button-filled-size-large mud-button-full-width
        mud-button-icon-size-large mud-button-icon-size-medium mud-button-icon-size-small mud-button-icon-start
        mud-button-label mud-button-outlined mud-button-outlined-default mud-button-outlined-primary
        mud-button-outlined-size-large mud-button-outlined-size-medium mud-button-root mud-button-text mud-button-text-primary
        mud-button-text-size-small mud-container-maxwidth-sm mud-container-maxwidth-xs mud-dense mud-elevation-0
        mud-elevation-1 mud-error-text mud-icon-button mud-icon-button-label mud-icon-button-size-small mud-icon-default
        mud-icon-root mud-icon-size-large mud-icon-size-medium mud-icon-size-small mud-input mud-input-control
        mud-input-control-helper-container mud-input-control-input-container mud-input-error mud-input-helper-text
        mud-input-input-control mud-input-label mud-input-label-animated mud-input-label-inputcontrol mud-input-label-outlined
        mud-input-outlined mud-input-outlined-border mud-input-outlined-with-label mud-input-root mud-input-root-outlined
        mud-input-slot mud-link mud-link-underline-always mud-paper mud-primary-text mud-progress-circular
        mud-progress-circular-circle mud-progress-circular-svg mud-progress-indeterminate mud-progress-small mud-ripple
        mud-ripple-icon mud-shrink mud-success-text mud-svg-icon mud-text-secondary mud-typography mud-typography-body1
        mud-typography-body2 mud-typography-caption mud-typography-h1 mud-typography-h4 mud-typography-h6
        mud-typography-subtitle1 mud-warning-text mud-width-full mx-auto my-3 overflow-hidden pa-4 pa-6 pa-sm-10 pa-sm-6
        pa-sm-8 pb-12 pb-6 pb-8 pb-sm-12 pe-4 ps-3 pt-2 pt-3 pt-6 px-12 px-2 px-4 px-6 px-sm-4 px-sm-6 py-2 py-4 py-5 py-sm-5
        rounded rounded-lg rounded-pill sticky
        """;

    public static string Path => System.IO.Path.Combine(Repository.Root, "OnboardingPortal.App", "wwwroot", "parts.css");

    /// <summary>The sheet as it has to be.</summary>
    public static string Text => string.Concat(
        ["/* MudBlazor's own rules for pages without a circuit: the list stands in PartsSheet.cs; run the tests with "
            + "PORTAL_WRITE_LOOK=1. */\n", .. RulesFor(Classes.Split())]);

    /// <summary>What the sheet would have more, did its list have these classes as well.</summary>
    public static IEnumerable<string> LackedWith(IEnumerable<string> classes) =>
        RulesFor(Classes.Split().Concat(classes)).Except(RulesFor(Classes.Split()));

    /// <summary>The rules of MudBlazor's sheet for elements, and for those that have classes out of these alone; one a line.</summary>
    public static IReadOnlyList<string> RulesFor(IEnumerable<string> classes)
    {
        var sheet = File.ReadAllText(System.IO.Path.Combine(Repository.Root, "OnboardingPortal.App", "wwwroot", "mudblazor.css"));
        var (known, kept) = (classes.ToHashSet(StringComparer.Ordinal), new List<string>());
        foreach (var (selector, body) in Blocks(Comment().Replace(sheet, "")).ToList())
        {
            if (selector.StartsWith("@media", StringComparison.Ordinal))
            {
                kept.AddRange(Blocks(body).Select(b => (Selector: Narrow(b.Selector, known), b.Body)).Where(b => b.Selector.Length > 0)
                    .Select(b => $"{selector} {{ {b.Selector} {{ {b.Body} }} }}\n"));
            }
            else if (selector[0] != '@' && Narrow(selector, known) is { Length: > 0 } narrowed)
            {
                kept.Add($"{narrowed} {{ {body} }}\n");
            }
        }

        var named = string.Concat(kept);
        kept.AddRange(Blocks(sheet)
            .Where(b => b.Selector.StartsWith("@keyframes ", StringComparison.Ordinal)
                && named.Contains($"animation:{b.Selector[11..]} ", StringComparison.Ordinal))
            .Select(b => $"{b.Selector} {{ {b.Body} }}\n"));
        return kept;
    }

    /// <summary>Those of a rule's selectors that name known classes only; what must not be there does not count.</summary>
    private static string Narrow(string selector, HashSet<string> known) => string.Join(", ", Comma().Split(selector)
        .Where(s => !s.Contains('#', StringComparison.Ordinal)
            && Class().Matches(Not().Replace(s, "")).All(m => known.Contains(m.Groups[1].Value))));

    private static IEnumerable<(string Selector, string Body)> Blocks(string sheet)
    {
        for (int start = 0, open; (open = sheet.IndexOf('{', start)) >= 0;)
        {
            var end = open + 1;
            for (var depth = 1; depth > 0; end++) depth += sheet[end] switch { '{' => 1, '}' => -1, _ => 0 };
            yield return (sheet[start..open].Trim(), sheet[(open + 1)..(end - 1)]);
            start = end;
        }
    }

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@",(?![^()]*\))")]
    private static partial Regex Comma();

    [GeneratedRegex(@":not\([^()]*\)")]
    private static partial Regex Not();

    [GeneratedRegex(@"\.(-?[A-Za-z_][\w-]*)")]
    private static partial Regex Class();
}
