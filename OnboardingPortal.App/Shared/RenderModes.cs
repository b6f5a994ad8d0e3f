using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace OnboardingPortal.App.Shared;

/// <summary>How the live part of a page is rendered.</summary>
public static class RenderModes
{
    /// <summary>On the circuit only: before it is open there is nothing to press or type whose effect would be lost.</summary>
    public static readonly IComponentRenderMode Interactive = new InteractiveServerRenderMode(prerender: false);
}
