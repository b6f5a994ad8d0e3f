using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Mono.Cecil;
using OnboardingPortal.Core.Api;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Tests.Architecture;

/// <summary>Whatever hangs on a request is read for an agency's user only through what they see of requests.</summary>
public sealed class RequestScopeTests
{
    /// <summary>
    /// What reads such rows for somebody of an agency without asking which requests they see, by class or method, each with its reason.
    /// </summary>
    private static readonly Dictionary<string, string> WithoutScope = new()
    {
        ["AuditTrail"] = "the whole agency's record, for main users: the settings say so where visibility is chosen",
        ["BrandingService"] = "the caller's own test mail",
        ["BulkService"] = "the caller's own imports",
        ["ConnectService"] = "the caller's own sign-ins at platforms",
        ["EmailSetup"] = "the caller's own test mail",
        ["KeyAccounts"] = "the agency's own accounts",
        ["RequestFeed.Publish"] = "read once for all watchers, each of whom is told what they see",
        ["RequestOrders.CreateAsync"] = "makes a request of the caller's",
        ["RequestService.CreateAsync"] = "makes a request of the caller's",
        ["WebhookLog"] = "the whole agency's webhooks, for main users: the settings say so where visibility is chosen",
        ["WebhookService"] = "the whole agency's webhooks, for main users: the settings say so where visibility is chosen",
    };

    private static readonly Assembly Core = typeof(PortalError).Assembly;

    [Fact]
    public void Whatever_reads_rows_that_hang_on_requests_asks_which_requests_are_seen()
    {
        using var module = ModuleDefinition.ReadModule(Core.Location);
        var hanging = HangingOnRequests();
        var readers = from method in EntryPoints()
                      let reach = new Reach(module, hanging).Of(method)
                      where reach.ReadsThem && !(TakesScope(method) ? reach.KeepsToScope : reach.AsksForScope)
                      let name = $"{method.DeclaringType!.Name}.{method.Name}"
                      select WithoutScope.ContainsKey(method.DeclaringType!.Name) ? method.DeclaringType.Name : name;

        var (said, found) = (WithoutScope.Keys.ToHashSet(), readers.ToHashSet());
        Assert.True(
            found.SetEquals(said),
            $"Without a scope: {string.Join(", ", found.Except(said).Order())}. No longer so: "
            + $"{string.Join(", ", said.Except(found).Order())}.");
    }

    /// <summary>Public methods that act for an agency or one of its users.</summary>
    private static IEnumerable<MethodInfo> EntryPoints()
    {
        Type[] somebody = [typeof(AgencyId), typeof(AgencyCaller), typeof(ApiCaller), typeof(RequestScope)];
        return Core.GetExportedTypes().Where(t => t is { IsClass: true })
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(m => m.GetParameters().Any(p => somebody.Contains(p.ParameterType)));
    }

    private static bool TakesScope(MethodInfo method) => method.GetParameters().Any(p => p.ParameterType == typeof(RequestScope));

    /// <summary>The entities that carry a request's id, or the id of one that does.</summary>
    private static HashSet<string> HangingOnRequests()
    {
        var entities = Core.GetTypes().Where(t => typeof(IAgencyOwned).IsAssignableFrom(t) && t is { IsClass: true, IsAbstract: false })
            .ToList();
        var hanging = new HashSet<Type> { typeof(OnboardingRequest) };
        while (entities.Where(e => !hanging.Contains(e) && CarriesIdOfOne(e)).ToList() is { Count: > 0 } more) hanging.UnionWith(more);
        return [.. hanging.Select(t => t.FullName!)];

        bool CarriesIdOfOne(Type entity) => entity.GetProperties().Where(p => p.Name != "Id")
            .Select(p => Nullable.GetUnderlyingType(p.PropertyType) ?? p.PropertyType)
            .Any(t => hanging.Select(h => h.GetProperty("Id")?.PropertyType).Where(id => id?.Assembly == Core).Contains(t));
    }

    /// <summary>
    /// What a method does, with all of Core that it calls; the data folder is left out, whose reading serves the writing of rows.
    /// </summary>
    private sealed class Reach(ModuleDefinition module, HashSet<string> hanging)
    {
        private static readonly string[] Reading = [typeof(Queryable).FullName!, typeof(EntityFrameworkQueryableExtensions).FullName!];
        private readonly HashSet<string> _seen = [];
        private readonly Queue<MethodDefinition> _next = [];

        public bool ReadsThem { get; private set; }

        /// <summary>Whether it asks a caller what they see.</summary>
        public bool AsksForScope { get; private set; }

        /// <summary>Whether it looks at whose requests are seen.</summary>
        public bool KeepsToScope { get; private set; }

        public Reach Of(MethodInfo method)
        {
            Enqueue((MethodDefinition)module.LookupToken(method.MetadataToken));
            while (_next.TryDequeue(out var reached))
            {
                foreach (var operand in reached.Body.Instructions.Select(i => i.Operand)) Look(operand);
            }

            return this;
        }

        private void Look(object? operand)
        {
            if (operand is not MethodReference called) return;
            if (called is GenericInstanceMethod generic)
            {
                ReadsThem |= Reading.Contains(called.DeclaringType.FullName)
                    && generic.GenericArguments.Any(a => hanging.Contains(a.FullName));
                foreach (var machine in generic.GenericArguments) EnqueueBody(machine); // an async method starts its state machine
            }

            if (called.Name == ".ctor") EnqueueBody(called.DeclaringType); // an iterator makes its own
            AsksForScope |= Gets(called, typeof(AgencyCaller), nameof(AgencyCaller.Scope));
            KeepsToScope |= Gets(called, typeof(RequestScope), nameof(RequestScope.OnlyOf));
            if (called.DeclaringType.GetElementType().IsDefinition) Enqueue(called.Resolve());
        }

        private static bool Gets(MethodReference called, Type type, string property) =>
            called.Name == $"get_{property}" && called.DeclaringType.FullName == type.FullName;

        private void EnqueueBody(TypeReference machine)
        {
            if (!machine.Name.Contains(">d__", StringComparison.Ordinal) || machine.Resolve() is not { } type || type.Module != module)
                return;
            foreach (var method in type.Methods.Where(m => m.Name == "MoveNext")) Enqueue(method);
        }

        private void Enqueue(MethodDefinition? method)
        {
            if (method is not { HasBody: true }
                || method.DeclaringType.FullName.StartsWith("OnboardingPortal.Core.Data.", StringComparison.Ordinal)) return;
            if (_seen.Add(method.FullName)) _next.Enqueue(method);
        }
    }
}
