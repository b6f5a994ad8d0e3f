namespace OnboardingPortal.Core.Platforms;

/// <summary>An ad account or Page that a signed-in client can share.</summary>
/// <param name="Kind">Ad account or Page.</param>
/// <param name="ExternalId">The platform's id.</param>
/// <param name="Name">The platform's name for it; hostile text.</param>
/// <param name="OwnerName">The business that owns it, when that is not the chosen one: then only its owner can share it. Null = can be
/// shared.</param>
/// <param name="Inactive">Whether the platform says that no ads can run on it at present.</param>
public sealed record AssetChoice(AssetKind Kind, string ExternalId, string Name, string? OwnerName, bool Inactive)
{
    /// <summary>Whether it belongs to no business at all: the person themselves shares it.</summary>
    public bool Unowned { get; init; }
}
