using System.Security;
using System.Text.RegularExpressions;

namespace FlightRecorder.Tests.Packages;

/// <summary>Where consumers restore from: our packages from the packed folder alone, the rest from the machine's own sources.</summary>
internal static partial class PackageSources
{
    public static async Task<string> ConfigAsync()
    {
        CommandResult listed = await Dotnet.RunAsync(Path.GetTempPath(), "nuget", "list", "source");
        string others = string.Concat(EnabledPattern().Matches(listed.Output).Select(match => $"""
                <packageSource key="{SecurityElement.Escape(match.Groups[1].Value)}"><package pattern="*" /></packageSource>

            """));
        return $"""
            <configuration>
              <packageSources>
                <add key="packed" value="{SecurityElement.Escape(Packed.Folder)}" />
              </packageSources>
              <packageSourceMapping>
                <packageSource key="packed"><package pattern="FlightRecorder.*" /></packageSource>
            {others}  </packageSourceMapping>
            </configuration>
            """;
    }

    // "  1.  nuget.org [Enabled]"
    [GeneratedRegex(@"^\s*\d+\.\s+(.+) \[Enabled\]\s*$", RegexOptions.Multiline)]
    private static partial Regex EnabledPattern();
}
