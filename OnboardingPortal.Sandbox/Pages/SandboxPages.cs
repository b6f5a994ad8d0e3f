using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace OnboardingPortal.Sandbox.Pages;

/// <summary>
/// Answers with a component as a whole page. The components have no route of their own, so that nothing can be reached
/// while the sandbox is off.
/// </summary>
internal static class SandboxPages
{
    public static IResult Page<TPage>(object parameters, int status = StatusCodes.Status200OK)
        where TPage : IComponent =>
        new RazorComponentResult<TPage>(parameters) { StatusCode = status };

    public static IResult Problem(string platform, string problem, string? back = null) =>
        Page<SandboxProblemPage>(new { Platform = platform, Problem = problem, Back = back }, StatusCodes.Status400BadRequest);
}
