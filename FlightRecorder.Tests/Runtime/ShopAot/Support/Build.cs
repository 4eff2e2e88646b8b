using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.ShopAot.Support;

/// <summary>The ways in which the sample is built.</summary>
internal sealed record Build(string Name, string File, string[] Arguments)
{
    /// <summary>Compiled ahead of time, with the recorder.</summary>
    public static Build Aot { get; } = Published("ShopAot");

    /// <summary>Compiled ahead of time, without the recorder.</summary>
    public static Build Bare { get; } = Published("ShopAot.Bare");

    /// <summary>Compiled ahead of time, with the recorder and its PostgreSQL store.</summary>
    public static Build Store { get; } = Published("ShopAot.Store");

    /// <summary>The same source, compiled while it runs; on the next runtime where its own is not installed.</summary>
    public static Build Jit { get; } = new(
        "jit",
        "dotnet",
        ["--roll-forward", "Major", Path.Combine(SourceTree.Root, "artifacts", "bin", "ShopAot", new DirectoryInfo(AppContext.BaseDirectory).Name, "ShopAot.dll")]);

    /// <summary>Where appsettings.json lies.</summary>
    public string ContentRoot => Path.GetDirectoryName(Arguments.Length == 0 ? File : Arguments[^1])!;

    /// <summary>Fails, never skips, when the binary was not published.</summary>
    public void Require()
    {
        if (Arguments.Length == 0)
        {
            Assert.That(File, Does.Exist, "The sample is not published. Publish it and run these tests with: ./build/build.sh aot");
        }
    }

    public override string ToString() => Name;

    private static Build Published(string project)
        => new(project, Path.Combine(SourceTree.Root, "artifacts", "publish", project, "release", "ShopAot"), []);
}
