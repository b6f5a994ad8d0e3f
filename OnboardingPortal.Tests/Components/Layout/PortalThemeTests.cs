using System.Text;
using System.Text.RegularExpressions;
using Bunit;
using Microsoft.AspNetCore.Components.Rendering;
using MudBlazor;
using MudBlazor.Services;
using OnboardingPortal.App.Layout;
using OnboardingPortal.Tests.Architecture;

namespace OnboardingPortal.Tests.Components.Layout;

/// <summary>The style sheet of the theme is what MudBlazor writes of it, for light and dark.</summary>
public sealed partial class PortalThemeTests
{
    private const int MaxLines = 150;

    private static readonly (string Element, string Style)[] Headings = [("h1", "h4"), ("h2", "h6"), ("h3", "subtitle2")];

    private static readonly (string Selector, string Tint, string Ink)[] States =
    [
        (".mud-chip-text.mud-chip-color-success, .requests .is-connected", "success-lighten", "success-darken"),
        (".mud-chip-text.mud-chip-color-info, .requests .is-pending", "info-lighten", "info-darken"),
        (".mud-chip-text.mud-chip-color-warning, .requests .is-expired", "warning-lighten", "warning-darken"),
        (".mud-chip-text.mud-chip-color-error", "error-lighten", "error-darken"),
        (".mud-chip-text.mud-chip-color-default, .requests b", "gray-lighter", "text-primary"),
    ];

    [Fact]
    public async Task The_style_sheet_says_what_the_theme_says()
    {
        var path = Path.Combine(Repository.Root, "OnboardingPortal.App", "wwwroot", "look.css");
        var (light, dark) = (await VariablesAsync(isDark: false), await VariablesAsync(isDark: true));
        var changed = string.Join("\n", dark.Split('\n').Except(light.Split('\n')));
        var sheet = $$"""
            /* Written from PortalTheme.cs: change it there, then run the tests with PORTAL_WRITE_LOOK=1. */
            :root {
              color-scheme: light;
            {{light}}
            }
            @media (prefers-color-scheme: dark) {
              :root:not([data-theme="light"]) {
                color-scheme: dark;
            {{changed}}
              }
            }
            :root[data-theme="dark"] {
              color-scheme: dark;
            {{changed}}
            }
            /* An agency's own colours, which stand on the element; checked for contrast where they are set. */
            :root[data-brand][style] {
            {{Brand("light")}}
            }
            @media (prefers-color-scheme: dark) {
              :root[data-brand][style]:not([data-theme="light"]) {
            {{Brand("dark")}}
              }
            }
            :root[data-brand][style][data-theme="dark"] {
            {{Brand("dark")}}
            }
            /* Elements that no component writes, what has a border or nothing instead of a shadow, and the ring of what has the focus. */
            {{string.Join("\n", Headings.Select(h => $"{h.Element} {{ font: {Of(h.Style, "weight")} {Of(h.Style, "size")}/{Of(h.Style, "lineheight")} {Of(h.Style, "family")}; }}"))}}
            a { color: var(--mud-palette-primary); }
            .mud-paper:not(.mud-elevation-0):not(.mud-popover):not(.mud-dialog), .mud-card { border: 1px solid var(--mud-palette-lines-default); border-radius: 10px; }
            .mud-button-filled, .mud-button-filled:hover, .mud-button-filled:focus-visible, .mud-button-filled:active { box-shadow: none; }
            :focus-visible, .mud-button-root:focus-visible, .mud-nav-link:focus-visible { outline: 2px solid var(--mud-palette-primary); outline-offset: 2px; }
            /* States: a tint, and ink that can be read on it. */
            {{string.Join("\n", States.Select(s => $"{s.Selector} {{ --tint: var(--mud-palette-{s.Tint}); --ink: var(--mud-palette-{s.Ink}); background: var(--tint); color: var(--ink); }}"))}}

            """;
        await CompareAsync(path, sheet);
    }

    [Fact]
    public Task Pages_without_a_circuit_have_MudBlazors_own_rules_for_the_parts_they_use() =>
        CompareAsync(PartsSheet.Path, PartsSheet.Text);

    /// <summary>What the theme cannot do stands in one sheet that can be read from top to bottom.</summary>
    [Fact]
    public void One_sheet_is_written_by_hand()
    {
        var folder = Path.Combine(Repository.Root, "OnboardingPortal.App", "wwwroot");

        Assert.Equal(
            ["development.css", "look.css", "mudblazor.css", "parts.css", "portal.css"],
            Directory.GetFiles(folder, "*.css").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.True(
            File.ReadLines(Path.Combine(folder, "portal.css")).Count() <= MaxLines, $"portal.css has more than {MaxLines} lines.");
    }

    /// <summary>With <c>PORTAL_WRITE_LOOK=1</c> the sheet is written anew instead of compared.</summary>
    private static async Task CompareAsync(string path, string sheet)
    {
        if (Environment.GetEnvironmentVariable("PORTAL_WRITE_LOOK") == "1")
            await File.WriteAllTextAsync(path, sheet, Xunit.TestContext.Current.CancellationToken);

        Assert.Equal(sheet, await File.ReadAllTextAsync(path, Xunit.TestContext.Current.CancellationToken));
    }

    private static string Of(string style, string what) => $"var(--mud-typography-{style}-{what})";

    private static string Brand(string scheme) => $"""
          --mud-palette-primary: var(--{scheme}-primary);
          --mud-palette-primary-rgb: var(--{scheme}-rgb);
          --mud-palette-primary-text: var(--{scheme}-on);
          --mud-palette-primary-darken: var(--{scheme}-strong);
          --mud-palette-primary-lighten: var(--{scheme}-tint);
          --mud-palette-primary-hover: rgba(var(--{scheme}-rgb), .08);
        """;

    private static async Task<string> VariablesAsync(bool isDark)
    {
        await using var context = new BunitContext();
        context.JSInterop.Mode = JSRuntimeMode.Loose;
        context.Services.AddMudServices();
        var written = context.Render<Writer>(p => p.Add(w => w.Theme, PortalTheme.Theme).Add(w => w.IsDarkMode, isDark)).Instance.Variables;
        return string.Join("\n", Variable().Matches(written).Select(m => $"  {m.Value.Trim()}"));
    }

    [GeneratedRegex(@"--[\w-]+:[^;]*;")]
    private static partial Regex Variable();

    /// <summary>Writes the theme as MudBlazor's provider does, but for the element around it.</summary>
    private sealed class Writer : MudThemeProvider
    {
        public string Variables
        {
            get
            {
                var css = new StringBuilder();
                GenerateTheme(css);
                return css.ToString();
            }
        }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
        }
    }
}
