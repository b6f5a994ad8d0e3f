using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Hub;

public sealed partial class HubTiles
{
    [Parameter, EditorRequired] public HubView View { get; set; } = null!;

    /// <summary>How many lines what needs a hand has.</summary>
    [Parameter, EditorRequired] public int Needs { get; set; }

    /// <summary>The page that shows the tiles and, beside them, what needs a hand.</summary>
    [Parameter, EditorRequired] public string Page { get; set; } = "";

    private IReadOnlyList<Tile> Tiles =>
    [
        new(Text["StatusPending"], Number(View.Numbers.Pending), About(
            "AboutPending", View.Numbers.Expired), "/collaboration/requests?status=Pending",
            Icons.Material.Outlined.HourglassEmpty, Color.Info),
        new(Text["StatusConnected"], View.Numbers.ConnectedLately.ToString(
            "N0", CultureInfo.CurrentCulture), Text["AboutConnected", Number(View.Numbers.Connected)],
            "/collaboration/requests?status=Connected", Icons.Material.Outlined.CheckCircle, Color.Success),
        new(Text["NeedsAHand"], Hands, Text["AboutHands"], $"{Page}#hands", Icons.Material.Outlined.PanTool, Color.Warning),
        new(Text["Median"], View.Median is { } median ? Words.For(median.Time) : "–", Text["AboutMedian"], "/collaboration#pace",
            Icons.Material.Outlined.Timer, Color.Primary),
    ];

    /// <summary>As many as the list shows; where it is cut, at least as many as are stuck.</summary>
    private string Hands => Needs < PendingTasks.MaxShown
        ? Needs.ToString("N0", CultureInfo.CurrentCulture)
        : Math.Max(Needs, View.Numbers.Stuck).ToString("N0", CultureInfo.CurrentCulture) + "+";

    private static string Number(int count) =>
        count.ToString("N0", CultureInfo.CurrentCulture) + (count == RequestTable.MaxCounted ? "+" : "");

    private string About(string key, int expired) => expired == 0 ? Text[key] : Text[$"{key}Expired", Number(expired)];

    /// <summary>The part of this page that the tile leads to: portal.js gives it the focus, where Blazor would only scroll there.</summary>
    private string? PartOf(Tile tile) => tile.Address.StartsWith($"{Page}#", StringComparison.Ordinal)
        ? tile.Address[(Page.Length + 1)..]
        : null;

    private sealed record Tile(string Name, string Number, string About, string Address, string Icon, Color Color);
}
