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
    /// <summary>With <c>PORTAL_WRITE_LOOK=1</c> the sheet is written anew instead of compared.</summary>
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

            """;
        if (Environment.GetEnvironmentVariable("PORTAL_WRITE_LOOK") == "1") await File.WriteAllTextAsync(path, sheet, Xunit.TestContext.Current.CancellationToken);

        Assert.Equal(sheet, await File.ReadAllTextAsync(path, Xunit.TestContext.Current.CancellationToken));
    }

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
