using Bunit;
using OnboardingPortal.App.Features.Wizard.Steps;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Tests.Support;

namespace OnboardingPortal.Tests.Components.Wizard;

/// <summary>The list of ad accounts or Pages to tick.</summary>
public sealed class AssetGroupTests : PortalContext
{
    private const int Many = 5000;
    private readonly HashSet<AssetChoice> _chosen = [];

    [Fact]
    public void Of_5000_only_the_rows_in_sight_are_in_the_page_and_each_tells_its_place()
    {
        var group = Open(Accounts(Many));

        var rows = group.FindAll("[role=listitem]");
        Assert.InRange(rows.Count, 1, 200);
        Assert.All(rows, r => Assert.Equal($"{Many}", r.GetAttribute("aria-setsize")));
        Assert.Equal(Enumerable.Range(1, rows.Count).Select(n => $"{n}"), rows.Select(r => r.GetAttribute("aria-posinset")));
    }

    [Fact]
    public void The_search_finds_the_last_of_5000()
    {
        var group = Open(Accounts(Many), search: " account 5000 ");

        Assert.Equal("Account 5000", Assert.Single(group.FindAll("[role=listitem]")).TextContent.Trim());
    }

    [Fact]
    public async Task All_of_5000_are_ticked_with_one_press_and_none_with_the_next()
    {
        var group = Open(Accounts(Many));

        await Button(group, "Select all (5000)").ClickAsync(new());
        Assert.Equal(Many, _chosen.Count);
        Assert.Contains("Ticked: 5000", group.Markup, StringComparison.Ordinal);
        Assert.All(group.FindAll("input[type=checkbox]"), box => Assert.True(box.HasAttribute("checked")));

        await Button(group, "Select none (5000)").ClickAsync(new());
        Assert.Empty(_chosen);
    }

    [Fact]
    public async Task Of_what_is_searched_for_only_what_can_be_shared_and_is_shown_is_ticked()
    {
        AssetChoice[] choices = [.. Accounts(3), Account("Account 4", owner: "Old Mill AG"), Account("Something else")];
        var group = Open(choices, search: "account", taken: choices[0]);

        await Button(group, "Select all (2)").ClickAsync(new());

        Assert.Equal(["Account 2", "Account 3"], _chosen.Select(a => a.Name).Order());
    }

    [Fact]
    public void What_cannot_be_ticked_says_why()
    {
        AssetChoice[] choices = [
            Account("Mine"), Account("Before"), Account("Foreign", owner: "Old Mill AG"), Account("Sister", owner: "Bakery Rental")
        ];
        var group = Open(choices, taken: choices[1]);

        Assert.Equal(
            ["Mine: ", "Before: Already chosen, see below", "Foreign: Belongs to Old Mill AG. Only its owner can share it.",
                "Sister: Belongs to Bakery Rental. Choose that Business Manager above to share it."],
            group.FindAll("input").Where(i => i.GetAttribute("type") == "checkbox").Select(box =>
                $"{TextOf(box.GetAttribute("aria-labelledby"))}: {TextOf(box.GetAttribute("aria-describedby"))}"));
        Assert.Equal([false, true, true, true], group.FindAll("[type=checkbox]").Select(box => box.HasAttribute("disabled")));

        string TextOf(string? id) => id is null ? "" : group.Find($"[id='{id}']").TextContent.Trim();
    }

    private static AssetChoice Account(string name, string? owner = null) => new(AssetKind.AdAccount, $"act_{name}", name, owner, false);

    private static IEnumerable<AssetChoice> Accounts(int count) => Enumerable.Range(1, count).Select(n => Account($"Account {n}"));

    private IRenderedComponent<AssetGroup> Open(IEnumerable<AssetChoice> choices, string search = "", AssetChoice? taken = null) =>
        RenderFor<AssetGroup>(Owner, p => p
            .Add(g => g.Name, "ad-accounts").Add(g => g.Legend, "Ad accounts").Add(g => g.SearchLabel, "Search").Add(g => g.Empty, "None")
            .Add(g => g.Choices, [.. choices]).Add(g => g.Chosen, _chosen).Add(g => g.OwnBusinesses, ["Bakery Rental"])
            .Add(g => g.Search, search)
            .Add(g => g.Taken, taken is null ? [] : new Dictionary<string, AssetState> { [taken.ExternalId] = AssetState.Shared }));
}
