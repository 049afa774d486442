"""The sample: files of published facts that go through the intake, and a synthetic area beside them."""
