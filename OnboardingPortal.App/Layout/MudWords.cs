using Microsoft.Extensions.Localization;
using MudBlazor;

namespace OnboardingPortal.App.Layout;

/// <summary>
/// MudBlazor's own words in the reader's language; it brings them in English only, which stay where a key is missing here.
/// </summary>
internal sealed class MudWords(IStringLocalizer<MudWords> text) : MudLocalizer
{
    public override LocalizedString this[string key] => text[key];
}
