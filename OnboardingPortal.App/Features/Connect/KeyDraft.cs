using System.Text.Json.Serialization;

namespace OnboardingPortal.App.Features.Connect;

/// <summary>What is typed into a form for an address and a key. The key is kept nowhere but here.</summary>
public sealed class KeyDraft
{
    public string Address { get; set; } = "";

    [JsonIgnore] public string Key { get; set; } = "";
}
