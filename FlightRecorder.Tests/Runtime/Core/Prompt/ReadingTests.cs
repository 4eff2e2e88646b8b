namespace FlightRecorder.Tests.Core.Prompt;

internal sealed class ReadingTests
{
    [Test]
    public void The_handler_comes_first_then_the_error_then_the_call_sites()
    {
        string reading = Reading(Recordings.Ship);
        string[] order = ["handler OrdersController.Ship: samples/Shop/Controllers/OrdersController.cs:58", "E1 thrown", "E1 passes", "T2 db.query"];
        Assert.That(order.Select(part => reading.IndexOf(part, StringComparison.Ordinal)), Is.Ordered.Ascending.And.All.GreaterThan(0));
    }

    [Test]
    public void One_place_is_named_once_with_all_that_points_to_it()
        => Assert.That(Reading(Recordings.Ship), Does.Contain("E1 thrown, M1 update stock, T3 db.command: samples/Shop/Domain/Shipping.cs:40\n"));

    [Test]
    public void Frames_with_source_stand_for_an_unknown_place()
    {
        Recording recording = new() { Errors = [new RecordedError { Stack = "   at A.B() in /_/src/A.cs:line 7\n   at System.C()\n   at D.E() in /home/x/D.cs:line 9\r\n" }] };
        Assert.That(Reading(recording), Does.Contain("E1 passes: src/A.cs:7\nE1 passes: /home/x/D.cs:9\n").And.Contain("The handler's own location is unknown."));
    }

    [Test]
    public void Declarations_of_dtos_and_entities_are_named()
    {
        string reading = Reading(new Recording
        {
            Endpoint = new RecordedEndpoint { Name = "ReadingController.Post", Location = "src/ReadingController.cs:5" },
            Sources = [new RecordedSource("request", "NewBook", "src/NewBook.cs:3"), new RecordedSource("entity", "Book", "src/Book.cs:8")],
        });
        Assert.That(reading, Does.Contain("request body NewBook: src/NewBook.cs:3\nentity Book: src/Book.cs:8\n").And.Not.Contain("is not recorded"));
    }

    [Test]
    public void A_long_run_of_frames_without_source_is_shortened()
    {
        string stack = string.Join('\n', Enumerable.Range(0, 9).Select(i => $"   at Lib.M{i}()").Append("   at A.B() in /_/src/A.cs:line 7").Append("   at Lib.End()"));
        string prompt = PromptWriter.Write(new Recording { Errors = [new RecordedError { Stack = stack }] });
        Assert.That(prompt, Does.Contain("Lib.M1()\n       … 7 more without source\n       at A.B() in /_/src/A.cs:line 7\n       at Lib.End()"));
    }

    [Test]
    public void A_stack_without_any_source_is_whole()
    {
        string stack = string.Join('\n', Enumerable.Range(0, 9).Select(i => $"   at Lib.M{i}()"));
        Assert.That(PromptWriter.Write(new Recording { Errors = [new RecordedError { Stack = stack }] }), Does.Contain("Lib.M8()"));
    }

    [Test]
    public void It_is_said_that_types_are_unknown() => Assert.That(Reading(Recordings.Ship), Does.Contain("Where DTOs and entities are declared is not recorded."));

    private static string Reading(Recording recording)
    {
        string prompt = PromptWriter.Write(recording);
        return prompt[prompt.IndexOf("## Where to start reading", StringComparison.Ordinal)..prompt.IndexOf("## Request", StringComparison.Ordinal)];
    }
}
