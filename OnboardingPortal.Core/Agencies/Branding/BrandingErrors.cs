namespace OnboardingPortal.Core.Agencies;

/// <summary>The white label cannot be on without a logo.</summary>
public sealed record LogoMissing : PortalError;

/// <summary>White text cannot be read on the colour.</summary>
/// <param name="Colour">What was chosen.</param>
/// <param name="Proposed">The nearest shade that passes.</param>
public sealed record ColourTooPale(BrandColour Colour, BrandColour Proposed) : PortalError
{
    /// <summary>
    /// <c>{0}</c>: the chosen colour; <c>{1}</c>: its contrast with white; <c>{2}</c>: the least; <c>{3}</c>: the proposed one.
    /// </summary>
    public override IReadOnlyList<object> Arguments =>
        [Colour, Math.Floor(Colour.ContrastWith(BrandColour.White) * 10) / 10, BrandColour.LeastContrast, Proposed];
}
