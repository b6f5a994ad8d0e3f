using System.Text.Json;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.Sandbox;

/// <summary>
/// The memory of the stand-in platforms. It outlives restarts, as the real ones do: anybody who was connected stays connected.
/// </summary>
public sealed class SandboxState
{
    private static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web);

    private readonly Lock _lock = new();
    private readonly TimeProvider _clock;
    private readonly string _file;
    private readonly SandboxData _data;

    public SandboxState(IOptions<SandboxOptions> options, IHostEnvironment environment, TimeProvider clock)
    {
        _clock = clock;
        _file = Path.GetFullPath(Path.Combine(environment.ContentRootPath, options.Value.DataDirectory, "sandbox.json"));
        _data = File.Exists(_file)
            ? JsonSerializer.Deserialize<SandboxData>(File.ReadAllBytes(_file), JsonOptions) ?? new SandboxData()
            : new SandboxData();
    }

    /// <summary>Where the file lies; what is too large for it lies beside it.</summary>
    public string Folder => Path.GetDirectoryName(_file)!;

    /// <summary>Looks something up. The answer must not hold on to the data's own lists.</summary>
    public T Read<T>(Func<SandboxData, T> read)
    {
        lock (_lock)
            return read(_data);
    }

    /// <summary>Changes something and saves before anybody else reads.</summary>
    public T Change<T>(Func<SandboxData, T> change)
    {
        lock (_lock)
        {
            var result = change(_data);
            _data.Prune(_clock.GetUtcNow());
            Save();
            return result;
        }
    }

    /// <inheritdoc cref="Change{T}(Func{SandboxData, T})"/>
    public void Change(Action<SandboxData> change) => Change(data =>
    {
        change(data);
        return true;
    });

    private void Save()
    {
        PrivateFiles.CreateDirectory(Folder);
        var draft = _file + ".new";
        using (var file = new FileStream(draft, PrivateFiles.New(FileMode.Create))) JsonSerializer.Serialize(file, _data, JsonOptions);
        File.Move(draft, _file, overwrite: true); // a crash leaves the old file or the new one, never half of one
    }
}
