using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace OnboardingPortal.Tests.Architecture;

/// <summary>Which folder of Core may use which: the list is the rule, and ARCHITECTURE.md draws its map from it.</summary>
public sealed class DirectionTests
{
    private const string Root = "OnboardingPortal.Core";

    /// <summary>
    /// Each folder may use those of the lines above its own, and none of its own line or below. So no two folders use each other.
    /// </summary>
    private static readonly string[][] Order =
    [
        ["Kernel"],
        ["Net", "Matching"],
        ["Platforms", "Data"],
        ["Work"],
        ["Secrets"],
        ["Audit"],
        ["Outbox"],
        ["Agencies"],
        ["Connections"],
        ["Requests"],
        ["Sharing", "Wizard"],
        ["DataSync"],
        ["Campaigns"],
        ["Connect", "Bulk", "Webhooks", "Api"],
    ];

    private static readonly ArchUnitNET.Domain.Architecture Core = new ArchLoader().LoadAssembly(typeof(PortalDbContext).Assembly).Build();

    private static readonly ArchUnitNET.Domain.Architecture App = new ArchLoader()
        .LoadAssemblies(typeof(PortalDbContext).Assembly, System.Reflection.Assembly.Load("OnboardingPortal.App")).Build();

    public static TheoryData<string> Folders => [.. Order.SelectMany(line => line)];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_uses_only_what_stands_above_it(string folder)
    {
        var line = Array.FindIndex(Order, l => l.Contains(folder));
        string[] forbidden = [.. Order.Skip(line).SelectMany(l => l).Where(f => f != folder)];
        if (forbidden.Length == 0) return;

        // The context and its two databases list the entities of all folders: the one exception.
        Types().That().ResideInNamespaceMatching(Of(folder)).And().AreNotAssignableTo(typeof(PortalDbContext))
            .And().DoNotResideInNamespaceMatching($@"^{Root}\.Data\.Migrations")
            .Should().NotDependOnAnyTypesThat().ResideInNamespaceMatching(Of(forbidden))
            .Check(Core);
    }

    [Fact]
    public void Every_folder_of_the_core_stands_in_the_list_and_is_a_namespace() => Assert.Equal(
        Order.SelectMany(line => line).Order(),
        Core.Types.Select(t => t.Namespace.FullName).Where(n => n.StartsWith($"{Root}.", StringComparison.Ordinal))
            .Select(n => n.Split('.')[2]).Distinct().Order());

    [Fact]
    public void Nobody_in_the_core_knows_who_registers_it() =>
        Types().That().ResideInNamespaceMatching(Of([.. Order.SelectMany(line => line)]))
            .Should().NotDependOnAnyTypesThat().ResideInNamespaceMatching($@"^{Root}$")
            .Check(Core);

    [Fact]
    public void Pages_have_no_client_that_can_renew_or_revoke() =>
        Types().That().ResideInNamespaceMatching(@"^OnboardingPortal\.App(\.|$)")
            .Should().NotDependOnAnyTypesThat().AreAssignableTo(typeof(IPlatformClient))
            .Check(App);

    private static string Of(params string[] folders) => $@"^OnboardingPortal\.Core\.({string.Join('|', folders)})(\.|$)";
}
