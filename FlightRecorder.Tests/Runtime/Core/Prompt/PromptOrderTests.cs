using FlightRecorder.Prompts;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.Core.Prompt;

internal sealed class PromptOrderTests
{
    private static readonly string[] Order =
    [
        "## Goal", "you have full read access to the repository", "## Summary", "## Where to start reading", "## Request", "## Response",
        "## Errors", "## Timeline", "## Mutations with outcome", "## Gaps", "## What to investigate", "## Tasks", "## Constraints",
    ];

    [Test]
    public void The_sections_stand_in_their_order()
    {
        string prompt = PromptWriter.Write(Recordings.Ship, new PromptOptions { Related = [Recordings.Create] });
        int[] places = [.. Order.Select(part => prompt.IndexOf(part, StringComparison.Ordinal))];
        Assert.That(places, Is.All.GreaterThanOrEqualTo(0));
        Assert.That(places, Is.Ordered.Ascending);
    }

    [Test]
    public void The_sections_stand_in_their_order_when_nothing_is_known()
    {
        string prompt = PromptWriter.Write(new Recording());
        int[] places = [.. Order.Select(part => prompt.IndexOf(part, StringComparison.Ordinal))];
        Assert.That(places, Is.All.GreaterThanOrEqualTo(0));
        Assert.That(places, Is.Ordered.Ascending);
        Assert.That(prompt, Does.Contain("Unknown: the recording names no file and line."));
    }

    [Test]
    public void There_are_five_tasks_and_three_constraints()
    {
        string prompt = PromptWriter.Write(Recordings.Ship);
        string tasks = prompt[prompt.IndexOf("## Tasks", StringComparison.Ordinal)..prompt.IndexOf("## Constraints", StringComparison.Ordinal)];
        string constraints = prompt[prompt.IndexOf("## Constraints", StringComparison.Ordinal)..];
        Assert.That(tasks.Split('\n').Count(line => line.Length > 1 && char.IsAsciiDigit(line[0]) && line[1] == '.'), Is.EqualTo(5));
        Assert.That(constraints.Split('\n').Count(line => line.StartsWith("- ", StringComparison.Ordinal)), Is.EqualTo(3));
    }

    [Test]
    public void A_failed_request_with_its_cause()
        => Snapshot.Match(PromptWriter.Write(Recordings.Ship, new PromptOptions { Related = [Recordings.Create] }, new EvidenceFence("0123456789ab")));

    [Test]
    public void An_empty_recording()
        => Snapshot.Match(PromptWriter.Write(new Recording(), null, new EvidenceFence("0123456789ab")));

    [Test]
    public void Two_exports_of_one_recording_differ_in_their_tag_only()
    {
        string one = PromptWriter.Write(Recordings.Ship);
        string two = PromptWriter.Write(Recordings.Ship);
        Assert.That(one, Is.Not.EqualTo(two));
        Assert.That(one.Replace(Tag(one), "tag"), Is.EqualTo(two.Replace(Tag(two), "tag")));
    }

    private static string Tag(string prompt)
    {
        int at = prompt.IndexOf("```evidence-", StringComparison.Ordinal) + "```evidence-".Length;
        return prompt.Substring(at, 12);
    }
}
