using System.Globalization;
using Microsoft.AspNetCore.Components;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Home;

public sealed partial class HomeSteps
{
    [Parameter, EditorRequired] public IReadOnlyList<HomeStep> Steps { get; set; } = [];

    private int Done => Steps.Count(step => step.IsDone);

    private HomeStep? Next => Steps.FirstOrDefault(step => !step.IsDone);

    private string About(HomeStep step) => step switch
    {
        { IsDone: false } => Text[$"About{step.Kind}"],
        { Kind: HomeStepKind.Platforms } => Text["HavePlatforms", Number(step.Count), Number(step.Of)],
        { Count: > 1 } => Text[$"Have{step.Kind}Many", Number(step.Count)],
        _ => Text[$"Have{step.Kind}"],
    };

    private static string Number(int count) => count.ToString("N0", CultureInfo.CurrentCulture);

    private static string AddressOf(HomeStepKind kind) => kind switch
    {
        HomeStepKind.FacebookUser => "/settings/facebook",
        HomeStepKind.Platforms => "/settings/platforms",
        HomeStepKind.Brand => "/settings/white-label",
        HomeStepKind.Colleague => "/settings/users",
        HomeStepKind.SecondFactor => "/account/two-factor",
        _ => "/collaboration/requests/new",
    };
}
