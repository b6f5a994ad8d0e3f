using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.App.Features.Wizard.Steps;

/// <summary>An asset as it stands in a list.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="Position">Its place among those that are shown, from 1.</param>
/// <param name="IsOpen">Whether it can be ticked: the chosen business owns it, and it was not chosen before.</param>
public readonly record struct AssetRow(AssetChoice Asset, int Position, bool IsOpen);
