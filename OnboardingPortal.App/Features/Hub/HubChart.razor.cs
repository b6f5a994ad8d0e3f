using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MudBlazor;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Hub;

public sealed partial class HubChart
{
    private const int Lines = 4;
    private List<ChartSeries<int>> _series = [];
    private string[] _labels = [];
    private BarChartOptions _options = new();

    [Inject] private IStringLocalizer<HubText> Text { get; set; } = null!;

    [Parameter, EditorRequired] public IReadOnlyList<HubWeek> Weeks { get; set; } = [];

    protected override object Shown => string.Join(';', Weeks);

    private int Step => Math.Max(1, (Weeks.Max(w => Math.Max(w.Sent, w.Completed)) + Lines - 1) / Lines);

    /// <summary>As the reader's language writes a day, with the month cut short: "Nov 23", "23. Nov.".</summary>
    private static string DayAndMonth =>
        CultureInfo.CurrentCulture.DateTimeFormat.MonthDayPattern.Replace("MMMM", "MMM", StringComparison.Ordinal);

    protected override void OnParametersSet()
    {
        // Each third day, back from the last one: on a phone more of them would lie over one another.
        _labels = [
            .. Weeks.Select((w, n) => (Weeks.Count - 1 - n) % 3 == 0 ? w.Monday.ToString(DayAndMonth, CultureInfo.CurrentCulture) : "")];
        _series =
        [
            new() { Name = Text["Sent"], Data = Weeks.Select(w => w.Sent).ToArray() },
            new() { Name = Text["Completed"], Data = Weeks.Select(w => w.Completed).ToArray() },
        ];
        _options = new BarChartOptions
        {
            YAxisTicks = Step,
            ChartPalette = ["var(--mud-palette-gray-default)", "var(--mud-palette-primary)"]
        };
    }
}
