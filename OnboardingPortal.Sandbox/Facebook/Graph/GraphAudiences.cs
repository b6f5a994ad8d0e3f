using System.Globalization;
using System.Text.Json.Nodes;
using OnboardingPortal.Sandbox.Facebook.Audiences;

namespace OnboardingPortal.Sandbox.Facebook.Graph;

/// <summary>Custom audiences without their people: listing, making, reading, renaming, deleting.</summary>
internal sealed class GraphAudiences(GraphAudienceGate gate, AudienceStore store, AudienceTroubles troubles, TimeProvider clock)
{
    private const int Most = 500;

    /// <summary>Rows a page on an ad account that asks for less.</summary>
    private const int MostAtOnce = 20;

    /// <summary>For how long after its first people an audience's size is not told.</summary>
    private static readonly TimeSpan Young = TimeSpan.FromMinutes(1);

    public IResult List(GraphCall call)
    {
        if (gate.Enter(call, "GET", "customaudiences", AudienceCalls.Read, out var account) is { } refusal)
            return refusal;
        if (troubles.Has(account, AudienceTrouble.AsksForLess)
            && int.TryParse(call.Parameter("limit"), CultureInfo.InvariantCulture, out var limit) && limit > MostAtOnce)
            return new GraphError(500, 1, "Please reduce the amount of data you're asking for, then retry your request");
        var nodes = store.List(account.Id).Select(a => Node(a, account));
        if (troubles.Has(account, AudienceTrouble.ManyAudiences) || troubles.Has(account, AudienceTrouble.AsksForLess))
            nodes = nodes.Concat(Others(account));
        return GraphAnswer.Page(call, nodes, "id");
    }

    public IResult Create(GraphCall call)
    {
        if (gate.Enter(call, "POST", "customaudiences", AudienceCalls.Create, out var account) is { } refusal)
            return refusal;
        if (call.Parameter("name") is not { Length: > 0 } name)
            return GraphError.InvalidParameter("name");
        if (call.Parameter("subtype") != "CUSTOM" || call.Parameter("customer_file_source") is null)
            return GraphError.InvalidParameter("customer_file_source");
        if (store.List(account.Id).Count >= Most)
            return new GraphError(400, 2654, "(#2654) Failed to create custom audience");
        var audience = store.Create(account.Id, name, call.Parameter("description") ?? "");
        return GraphAnswer.Json(new JsonObject { ["id"] = audience.Id });
    }

    public IResult Read(GraphCall call) =>
        gate.Enter(call, "GET", "", AudienceCalls.Read, out var audience, out var account) is { } refusal
            ? refusal
            : GraphAnswer.Node(call, Node(audience, account), "id");

    /// <summary>Renames; a POST that stands for a DELETE deletes.</summary>
    public IResult Edit(GraphCall call)
    {
        if (call.IsDelete)
            return Delete(call);
        if (gate.Enter(call, "POST", "", AudienceCalls.Edit, out var audience, out var account) is { } refusal)
            return refusal;
        var (name, description) = (call.Parameter("name") ?? audience.Name, call.Parameter("description") ?? audience.Description);
        if (name.Length == 0)
            return GraphError.InvalidParameter("name");
        if (troubles.Has(account, AudienceTrouble.BeyondRepair))
            return new GraphError(400, 100, "Invalid parameter", 1713228)
            {
                UserTitle = "Custom Audience Cannot Be Edited",
                UserMessage = "This audience cannot be edited due to integrity restrictions.",
            };
        if ((Flags(audience, account).Contains("name") && (name == audience.Name || AudienceFlags.Offends(name)))
            || AudienceFlags.Offends(description))
            return new GraphError(400, 100, "Invalid parameter", 1713231)
            {
                UserTitle = "Update Restricted Fields and Rule",
                UserMessage = "This custom audience has integrity restrictions: update the restricted fields.",
            };
        store.Change(audience, a => (a.Name, a.Description, a.IsRenamed) = (name, description, a.IsRenamed || name != a.Name));
        return GraphAnswer.Success;
    }

    public IResult Delete(GraphCall call)
    {
        if (gate.Enter(call, "DELETE", "", AudienceCalls.Edit, out var audience, out FacebookAdAccount _) is { } refusal)
            return refusal;
        store.Delete(audience);
        return GraphAnswer.Success;
    }

    public IResult Terms(GraphCall call) =>
        gate.Enter(call, "GET", "customaudiencestos", AudienceCalls.Read, out var account) is { } refusal
            ? refusal
            : GraphAnswer.List(
                [new JsonObject { ["id"] = "custom_audience_tos", ["type"] = "custom_audience_tos", ["content"] = account.Name }]);

    /// <summary>What an ad account tells of itself beyond what stands in the world.</summary>
    public void Describe(GraphNode node, FacebookAdAccount account)
    {
        var trouble = troubles.Of(account)?.AdAccount;
        // the account itself does not tell that the business that it acts for has not accepted them
        node.Members["tos_accepted"] = trouble == AudienceTrouble.TermsNotAccepted
            ? new JsonObject()
            : new JsonObject { ["custom_audience_tos"] = 1 };
        if (trouble == AudienceTrouble.AccountDisabled)
            node.Members["account_status"] = 2;
        if (trouble == AudienceTrouble.NoBusiness)
            node.Members["business"] = null;
    }

    /// <summary>Which fields of an audience Facebook objects to.</summary>
    public IReadOnlyList<string> Flags(FacebookAudience audience, FacebookAdAccount account) =>
        troubles.Has(account, AudienceTrouble.BeyondRepair) || (troubles.Has(account, AudienceTrouble.Flagged) && !audience.IsRenamed)
            ? ["name"]
            : AudienceFlags.Of(audience);

    private GraphNode Node(FacebookAudience audience, FacebookAdAccount account)
    {
        var flags = Flags(audience, account);
        var count = store.Locked(() => store.PeopleOf(audience).Count);
        var isKnown = audience.FilledAt + Young <= clock.GetUtcNow();
        var matched = count * 3 / 5;
        var (code, words) = flags.Count > 0 ? (471, "The custom audience is blocked because it suggests the use of information not allowed")
            : audience.Replacement is not null ? (414, "replace_in_progress")
            : audience.IsReplaceFailed ? (415, "replace_error")
            : (200, "Normal");
        return new("CustomAudience", new()
        {
            ["id"] = audience.Id,
            ["account_id"] = account.AccountId,
            ["name"] = audience.Name,
            ["description"] = audience.Description,
            ["subtype"] = "CUSTOM",
            ["customer_file_source"] = "USER_PROVIDED_ONLY",
            ["approximate_count_lower_bound"] = !isKnown ? -1 : matched < 1000 ? 0 : matched / 100 * 100,
            ["approximate_count_upper_bound"] = !isKnown ? -1 : matched < 1000 ? 1000 : (matched / 100 * 100) + 100,
            ["operation_status"] = new JsonObject { ["code"] = code, ["description"] = words },
            ["delivery_status"] = isKnown && matched >= 100
                ? new JsonObject { ["code"] = 200, ["description"] = "This audience is ready for use." }
                : new JsonObject { ["code"] = 300, ["description"] = "This audience is too small to be used." },
            ["fields_violating_integrity_policy"] = flags.Count > 0 ? new JsonArray([.. flags.Select(f => JsonValue.Create(f))]) : null,
            ["time_created"] = audience.CreatedAt.ToUnixTimeSeconds(),
            ["time_updated"] = audience.UpdatedAt.ToUnixTimeSeconds(),
            ["time_content_updated"] = audience.FilledAt?.ToUnixTimeSeconds(),
            ["delete_time"] = 0,
            ["page_deletion_marked_delete_time"] = 0,
        });
    }

    /// <summary>Audiences that were there before: an account full of them, two of which are no customer lists.</summary>
    private static IEnumerable<GraphNode> Others(FacebookAdAccount account) => Enumerable.Range(1, Most + 2).Select(n => new GraphNode(
        "CustomAudience", new()
        {
            ["id"] = string.Create(CultureInfo.InvariantCulture, $"2384{account.AccountId}{n:000}"),
            ["account_id"] = account.AccountId,
            ["name"] = string.Create(CultureInfo.InvariantCulture, $"Older audience {n}"),
            ["description"] = null,
            ["subtype"] = n > Most ? "LOOKALIKE" : "CUSTOM",
            ["customer_file_source"] = null,
            ["approximate_count_lower_bound"] = 1000 * n,
            ["approximate_count_upper_bound"] = 1100 * n,
            ["operation_status"] = new JsonObject { ["code"] = 200, ["description"] = "Normal" },
            ["delivery_status"] = new JsonObject { ["code"] = 200, ["description"] = "This audience is ready for use." },
            ["fields_violating_integrity_policy"] = null,
            ["delete_time"] = 0,
        }));
}
