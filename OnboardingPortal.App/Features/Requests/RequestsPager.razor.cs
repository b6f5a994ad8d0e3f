using Microsoft.AspNetCore.Components;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Requests;

public sealed partial class RequestsPager
{
    [Parameter, EditorRequired] public RequestList List { get; set; } = null!;

    /// <summary>Given whether to go back.</summary>
    [Parameter, EditorRequired] public EventCallback<bool> OnTurn { get; set; }

    protected override object Shown => (List, List.From, List.Lines.Count, List.Total, List.HasBefore, List.HasAfter);

    private string Range
    {
        get
        {
            var to = List.From + List.Lines.Count - 1;
            return List.Total >= RequestTable.MaxCounted
                ? Text["RangeOfMore", $"{List.From:N0}", $"{to:N0}", $"{RequestTable.MaxCounted:N0}"]
                : Text["Range", $"{List.From:N0}", $"{to:N0}", $"{Math.Max(to, List.Total):N0}"];
        }
    }
}
