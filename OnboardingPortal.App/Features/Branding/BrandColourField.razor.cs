using System.Globalization;
using System.Linq.Expressions;
using Microsoft.AspNetCore.Components;
using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.App.Features.Branding;

public sealed partial class BrandColourField
{
    private const string Usual = "#4f46e5"; // the portal's own
    private BrandField _field = null!;

    [CascadingParameter] private BrandingForm Form { get; set; } = null!;

    [Parameter] public string Value { get; set; } = "";

    [Parameter] public EventCallback<string> ValueChanged { get; set; }

    [Parameter] public Expression<Func<string>>? ValueExpression { get; set; }

    private BrandColour? Colour => BrandColour.Parse(Value.Trim());

    private BrandColour? Proposed =>
        Colour is { } colour && !colour.IsReadableOn(BrandColour.White) ? colour.NearestPassing(BrandColour.White) : null;

    /// <summary>Whether the field itself says that the colour is too pale.</summary>
    private bool IsRefused => Proposed is not null && Form.Typing != nameof(BrandingInput.Colour);

    private string Note =>
        Colour is { } colour ? Text[Proposed is null ? "ContrastGood" : "ContrastLow", ContrastOf(colour)] : Text["ColourHint"];

    private static string ContrastOf(BrandColour colour) =>
        (Math.Floor(colour.ContrastWith(BrandColour.White) * 10) / 10).ToString("0.0", CultureInfo.CurrentCulture);

    private Task ChooseAsync(string colour) => _field.SetAsync(colour);
}
